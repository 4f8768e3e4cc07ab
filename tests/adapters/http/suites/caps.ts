import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { errorIn } from '../completions.js';
import { respond } from '../responses.js';
import { ask, chat, idOf, newAccount, newAdmin, type TestAccount } from '../requests.js';
import { sendUiMessage } from '../ui-messages.js';
import { testApi, type TestApi } from '../test-api.js';

const unknownId = '0190cafe-0000-7000-8000-000000000000';

interface CapBody {
  id: string | null;
  limit: number;
  window: string;
  set_by: string;
  spent: number;
  left: number;
  window_ends_at: string | null;
}

/** The caps of accounts. */
export function capsSuite(engine: OpenedEngine): void {
  const setOwn = (api: TestApi, auth: string, json: object) =>
    ask(api, 'POST', '/api/me/caps/', { auth, json });
  const ownCaps = async (api: TestApi, auth: string) =>
    (await ask(api, 'GET', '/api/me/caps/', { auth })).body['results'] as CapBody[];

  async function administered(api: TestApi): Promise<{
    account: TestAccount;
    path: string;
    admin: string;
    setByAdmin: (json: object) => ReturnType<typeof ask>;
  }> {
    const [account, { auth: admin }] = [await newAccount(api), await newAdmin(api)];
    const path = `/api/admin/users/${await idOf(api, account.auth)}/caps/`;
    return { account, path, admin, setByAdmin: (json) => ask(api, 'POST', path, { auth: admin, json }) };
  }

  async function createKey(api: TestApi, auth: string): Promise<{ id: string; key: string }> {
    const { body } = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'capped' } });
    return { id: body['id'] as string, key: body['key'] as string };
  }

  describe('a cap', () => {
    test('refuses with 402, the cap, what is left and when its window ends, in both forms', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const created = await setOwn(api, auth, { scope: 'account', window: 'month', limit: 150 });
      expect(created.status).toBe(201);
      expect(created.body).toMatchObject({
        ...{ scope: 'account', key_id: null, model: null, window: 'month', limit: 150 },
        ...{ set_by: 'account', spent: 0, left: 150 },
      });
      expect((await chat(api, auth, 'Hi')).status).toBe(200);
      const refused = await chat(api, auth, 'Hi');
      expect(refused.status).toBe(402);
      expect(refused.body).toMatchObject({
        code: 'cap_reached',
        required_tokens: 100,
        cap: { id: created.body['id'], window: 'month', limit: 150, spent: 100, left: 50 },
      });
      const endsAt = created.body['window_ends_at'] as string;
      expect(endsAt).toMatch(/-01T00:00:00\.000Z$/);
      expect(refused.body['detail']).toBe(
        `The cap of 150 per month on this account is reached: 50 left until ${endsAt}, 100 required.`,
      );
      const messages = [{ role: 'user', content: 'Hi' }];
      const json = { model: 'echo', messages };
      const completion = await ask(api, 'POST', '/v1/chat/completions', { auth, json });
      expect(completion.status).toBe(402);
      expect(completion.headers.get('X-Should-Retry')).toBe('false');
      expect(completion.body['error']).toMatchObject({
        ...{ type: 'insufficient_quota', code: 'cap_reached', required_tokens: 100 },
        cap: { left: 50, window_ends_at: endsAt },
      });
      const response = await respond(api, auth);
      expect([response.status, errorIn(response)['code']]).toEqual([402, 'cap_reached']);
      const uiMessage = await sendUiMessage(api, auth);
      expect([uiMessage.status, uiMessage.body['code']]).toEqual([402, 'cap_reached']);
      const streamed = await ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi', stream: true } });
      expect([streamed.status, streamed.body['code']]).toEqual([402, 'cap_reached']);
      expect(await ownCaps(api, auth)).toMatchObject([{ spent: 100, left: 50 }]);
      const me = await ask(api, 'GET', '/api/me/', { auth });
      expect(me.body).toMatchObject({
        tokens: 3900,
        caps: [{ spent: 100, left: 50, window_ends_at: endsAt }],
      });
    });

    test('on a key limits that key, and on a model that model', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const { id: keyId, key } = await createKey(api, auth);
      const onKey = { scope: 'key', key_id: keyId.toUpperCase(), window: 'total', limit: 100 };
      expect((await setOwn(api, auth, onKey)).body).toMatchObject({ key_id: keyId, window_ends_at: null });
      expect((await chat(api, key, 'Hi')).status).toBe(200);
      expect((await chat(api, key, 'Hi')).body).toMatchObject({
        code: 'cap_reached',
        cap: { key_id: keyId },
      });
      expect((await chat(api, auth, 'Hi')).status).toBe(200);
      await setOwn(api, auth, { scope: 'model', model: 'echo', window: 'total', limit: 250 });
      expect((await chat(api, auth, 'Hi')).body).toMatchObject({ cap: { model: 'echo', left: 50 } });
      await ask(api, 'DELETE', `/api/keys/${keyId}/`, { auth });
      expect(await ownCaps(api, auth)).toMatchObject([{ scope: 'model' }]);
    });

    test('of zero forbids everything that costs, and a removed one nothing', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const { body } = await setOwn(api, auth, { scope: 'account', window: 'hour', limit: 0 });
      expect((await chat(api, auth, 'Hi')).status).toBe(402);
      const path = `/api/me/caps/${body['id'] as string}/`;
      expect((await ask(api, 'DELETE', path, { auth })).status).toBe(204);
      expect((await ask(api, 'DELETE', path, { auth })).status).toBe(404);
      expect((await chat(api, auth, 'Hi')).status).toBe(200);
      expect(await ownCaps(api, auth)).toEqual([]);
    });

    test('is replaced by one of its setter for the same window, and both are in the audit log', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const first = await setOwn(api, auth, { scope: 'account', window: 'day', limit: 500 });
      const second = await setOwn(api, auth, { scope: 'account', window: 'day', limit: 20 });
      expect([first.status, second.status, second.body['id']]).toEqual([201, 200, first.body['id']]);
      expect(await ownCaps(api, auth)).toMatchObject([{ limit: 20 }]);
      await ask(api, 'DELETE', `/api/me/caps/${first.body['id'] as string}/`, { auth });
      const { body } = await ask(api, 'GET', '/api/me/export/', { auth });
      const audit = body['audit'] as { action: string; subject_id: string }[];
      const events = audit.filter(({ subject_id: subject }) => subject === first.body['id']);
      expect(events.map(({ action }) => action)).toEqual(['cap_removed', 'cap_set', 'cap_set']);
    });

    test('that cannot be is 400, and names the field', async () => {
      const api = testApi(engine());
      const [{ auth }, other] = [await newAccount(api), await newAccount(api)];
      const { id: othersKey } = await createKey(api, other.auth);
      const faulty: [object, string[]][] = [
        [{}, ['limit', 'scope', 'window']],
        [{ scope: 'everything', window: 'day', limit: 5 }, ['scope']],
        [{ scope: 'account', window: 'year', limit: 5 }, ['window']],
        [{ scope: 'account', window: 'day', limit: -1 }, ['limit']],
        [{ scope: 'account', window: 'day', limit: 0.5 }, ['limit']],
        [{ scope: 'account', window: 'day', limit: 2 ** 53 }, ['limit']],
        [{ scope: 'account', window: 'day', limit: '5' }, ['limit']],
        [{ scope: 'account', window: 'day', limit: 5, model: 'echo' }, ['model']],
        [{ scope: 'account', window: 'day', limit: 5, key_id: unknownId }, ['key_id']],
        [{ scope: 'model', window: 'day', limit: 5 }, ['model']],
        [{ scope: 'model', window: 'day', limit: 5, model: 'none' }, ['model']],
        [{ scope: 'key', window: 'day', limit: 5 }, ['key_id']],
        [{ scope: 'key', window: 'day', limit: 5, key_id: 'mine' }, ['key_id']],
        [{ scope: 'key', window: 'day', limit: 5, key_id: unknownId }, ['key_id']],
        [{ scope: 'key', window: 'day', limit: 5, key_id: othersKey }, ['key_id']],
      ];
      for (const [json, fields] of faulty) {
        const refused = await setOwn(api, auth, json);
        expect([refused.status, refused.body['code']], JSON.stringify(json)).toEqual([400, 'invalid_input']);
        expect(Object.keys(refused.body['errors'] as object).sort(), JSON.stringify(json)).toEqual(fields);
      }
      expect(await ownCaps(api, auth)).toEqual([]);
    });

    test('can be one of fifty of an account, and not one more', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      for (let made = 0; made < 10; made += 1) {
        const { id: keyId } = await createKey(api, auth);
        for (const window of ['hour', 'day', 'week', 'month', 'total']) {
          const set = await setOwn(api, auth, { scope: 'key', key_id: keyId, window, limit: 5 });
          expect(set.status).toBe(201);
        }
      }
      const refused = await setOwn(api, auth, { scope: 'account', window: 'day', limit: 5 });
      expect([refused.status, refused.body['code']]).toEqual([409, 'too_many_caps']);
    });

    test('cannot be changed by an API key, which can read it', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const { key } = await createKey(api, auth);
      const { body } = await setOwn(api, auth, { scope: 'account', window: 'day', limit: 5 });
      const attempts = [
        await setOwn(api, key, { scope: 'account', window: 'day', limit: 5000 }),
        await ask(api, 'DELETE', `/api/me/caps/${body['id'] as string}/`, { auth: key }),
      ];
      expect(attempts.map(({ status }) => status)).toEqual([403, 403]);
      expect(attempts.map(({ body: { code } }) => code)).toEqual(['session_required', 'session_required']);
      expect(await ownCaps(api, key)).toMatchObject([{ limit: 5 }]);
    });
  });

  describe("an administrator's cap", () => {
    test('stays when its account wants it gone, and bounds own ones', async () => {
      const api = testApi(engine());
      const { account, path, setByAdmin } = await administered(api);
      const { auth } = account;
      const { id: keyId } = await createKey(api, auth);
      expect((await setOwn(api, auth, { scope: 'account', window: 'day', limit: 900 })).status).toBe(201);
      const { body, status } = await setByAdmin({ scope: 'account', window: 'day', limit: 500 });
      expect([status, body['set_by']]).toEqual([201, 'administrator']);
      const removed = await ask(api, 'DELETE', `/api/me/caps/${body['id'] as string}/`, { auth });
      expect([removed.status, removed.body['code']]).toEqual([403, 'admin_required']);
      for (const subject of [{ scope: 'account' }, { scope: 'key', key_id: keyId }]) {
        const above = await setOwn(api, auth, { ...subject, window: 'day', limit: 501 });
        expect([above.status, Object.keys(above.body['errors'] as object)]).toEqual([400, ['limit']]);
        expect((await setOwn(api, auth, { ...subject, window: 'day', limit: 500 })).status).toBeLessThan(202);
        expect((await setOwn(api, auth, { ...subject, window: 'week', limit: 5000 })).status).toBe(201);
      }
      expect((await ask(api, 'GET', path, { auth })).status).toBe(403);
    });

    test('that is lowered later applies beside the own one: the smaller limit wins', async () => {
      const api = testApi(engine());
      const { account, path, admin, setByAdmin } = await administered(api);
      await setByAdmin({ scope: 'account', window: 'day', limit: 500 });
      await setOwn(api, account.auth, { scope: 'account', window: 'day', limit: 400 });
      const lowered = await setByAdmin({ scope: 'account', window: 'day', limit: 150 });
      expect(lowered.status).toBe(200);
      expect((await chat(api, account.auth, 'Hi')).status).toBe(200);
      expect((await chat(api, account.auth, 'Hi')).body).toMatchObject({
        cap: { set_by: 'administrator', limit: 150, left: 50 },
      });
      const listed = await ask(api, 'GET', path, { auth: admin });
      expect(listed.body['results']).toMatchObject([
        { set_by: 'administrator', limit: 150, left: 50 },
        { set_by: 'account', limit: 400, left: 300 },
      ]);
      for (const { id } of listed.body['results'] as CapBody[]) {
        expect((await ask(api, 'DELETE', `${path}${id ?? ''}/`, { auth: admin })).status).toBe(204);
      }
      expect((await chat(api, account.auth, 'Hi')).status).toBe(200);
    });

    test('replaces the default for its window, which can be neither removed nor exceeded', async () => {
      const api = testApi(engine(), { policy: { defaultCaps: [{ window: 'day', limit: 150 }] } });
      const { account, setByAdmin } = await administered(api);
      const { auth } = account;
      expect(await ownCaps(api, auth)).toMatchObject([
        { id: null, set_by: 'default', limit: 150, left: 150 },
      ]);
      expect((await chat(api, auth, 'Hi')).status).toBe(200);
      expect((await chat(api, auth, 'Hi')).body).toMatchObject({
        ...{ code: 'cap_reached', cap: { id: null, set_by: 'default', created_at: null, left: 50 } },
      });
      expect((await setOwn(api, auth, { scope: 'account', window: 'day', limit: 151 })).status).toBe(400);
      await setByAdmin({ scope: 'account', window: 'day', limit: 1000 });
      expect((await chat(api, auth, 'Hi')).status).toBe(200);
      expect(await ownCaps(api, auth)).toMatchObject([{ set_by: 'administrator', spent: 200, left: 800 }]);
    });

    test('cannot be changed by an API key of an administrator', async () => {
      const api = testApi(engine());
      const { path, admin, setByAdmin } = await administered(api);
      const cap = { scope: 'account', window: 'day', limit: 5 };
      const { body } = await setByAdmin(cap);
      const { key } = await createKey(api, admin);
      for (const refused of [
        await ask(api, 'POST', path, { auth: key, json: { ...cap, limit: 500 } }),
        await ask(api, 'DELETE', `${path}${body['id'] as string}/`, { auth: key }),
      ]) {
        expect([refused.status, refused.body['code']]).toEqual([403, 'session_required']);
      }
      const listed = await ask(api, 'GET', path, { auth: key });
      expect(listed.body['results']).toMatchObject([{ limit: 5 }]);
    });

    test('is for accounts that exist', async () => {
      const api = testApi(engine());
      const { account, path, admin, setByAdmin } = await administered(api);
      const cap = { scope: 'account', window: 'day', limit: 5 };
      const { body } = await setByAdmin(cap);
      const id = body['id'] as string;
      const current = { current_password: 'StrongPass123!' };
      expect((await ask(api, 'DELETE', '/api/me/', { auth: account.auth, json: current })).status).toBe(204);
      for (const gone of [path, `/api/admin/users/${unknownId}/caps/`]) {
        expect((await ask(api, 'GET', gone, { auth: admin })).status).toBe(404);
        expect((await ask(api, 'POST', gone, { auth: admin, json: cap })).status).toBe(404);
        expect((await ask(api, 'DELETE', `${gone}${id}/`, { auth: admin })).status).toBe(404);
      }
    });

    test('is set for as many models as an account can have caps, and not one more', async () => {
      const api = testApi(engine());
      const { account, setByAdmin } = await administered(api);
      for (let made = 0; made < 9; made += 1) {
        const { id: keyId } = await createKey(api, account.auth);
        for (const window of ['hour', 'day', 'week', 'month', 'total']) {
          expect((await setByAdmin({ scope: 'key', key_id: keyId, window, limit: 5 })).status).toBe(201);
        }
      }
      for (const window of ['hour', 'day', 'week', 'month', 'total']) {
        await setByAdmin({ scope: 'account', window, limit: 5 });
      }
      const refused = await setByAdmin({ scope: 'model', model: 'echo', window: 'day', limit: 5 });
      expect([refused.status, refused.body['code']]).toEqual([409, 'too_many_caps']);
    });
  });
}
