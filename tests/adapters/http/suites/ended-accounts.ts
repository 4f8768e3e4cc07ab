import { describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import type { OpenedEngine } from '../api-suites.js';
import { complete, errorIn } from '../completions.js';
import { respond } from '../responses.js';
import { eventReader, openStream } from '../events.js';
import { ask, chat, idOf, newAccount, newAdmin, until } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';
import { text, waitingModel } from '../test-models.js';

const erased = 'The account was erased before the reply was complete.';

/** Replies in progress when their account is erased or disabled. */
export function endedAccountsSuite(engine: OpenedEngine): void {
  const setUp = async () => {
    const model = waitingModel({ before: [text('A secret tale ')], after: [text('of old')] });
    const api = testApi(engine(), { models: [model] });
    const [account, admin] = [await newAccount(api), await newAdmin(api)];
    return { api, model, ...account, admin, id: await idOf(api, account.auth) };
  };
  const eraseOwnAccount = async (api: TestApi, { auth, password }: { auth: string; password: string }) => {
    const { status } = await ask(api, 'DELETE', '/api/me/', { auth, json: { current_password: password } });
    expect(status).toBe(204);
  };
  const eraseByAdmin = async (api: TestApi, { admin, id }: { admin: { auth: string }; id: string }) => {
    expect((await ask(api, 'DELETE', `/api/admin/users/${id}/`, { auth: admin.auth })).status).toBe(204);
  };

  describe('a reply in progress', () => {
    test('ends with an error event if the user erases the account', async () => {
      const { api, model, ...account } = await setUp();
      const reader = eventReader(await openStream(api, account.auth, 'Please continue'));
      await reader.next();
      await eraseOwnAccount(api, account);
      model.letGo();
      await reader.next();
      expect(await reader.next()).toMatchObject({
        event: 'error',
        data: { status: 404, code: 'not_found', detail: erased },
      });
      expect(await engine().dump()).not.toMatch(/A secret tale|Please continue/);
    });

    test('returns 404 in the format of the API if an administrator erases the account', async () => {
      const plain = await setUp();
      const message = chat(plain.api, plain.auth, 'Please continue');
      await until(() => plain.model.requests.length === 1);
      await eraseByAdmin(plain.api, plain);
      plain.model.letGo();
      expect((await message).status).toBe(404);
      expect((await message).body).toMatchObject({ code: 'not_found', detail: erased });

      const likeOpenAi = await setUp();
      const completion = complete(likeOpenAi.api, likeOpenAi.auth);
      await until(() => likeOpenAi.model.requests.length === 1);
      await eraseByAdmin(likeOpenAi.api, likeOpenAi);
      likeOpenAi.model.letGo();
      expect((await completion).status).toBe(404);
      expect((await completion).headers.get('X-Should-Retry')).toBe('false');
      expect(errorIn(await completion)).toMatchObject({ code: 'not_found', message: erased });

      const asResponse = await setUp();
      const response = respond(asResponse.api, asResponse.auth);
      await until(() => asResponse.model.requests.length === 1);
      await eraseByAdmin(asResponse.api, asResponse);
      asResponse.model.letGo();
      expect((await response).status).toBe(404);
      expect(errorIn(await response)).toMatchObject({ code: 'not_found', message: erased });
    });

    test('with an idempotency key returns 404, and none of its texts is kept', async () => {
      const { api, model, auth, ...account } = await setUp();
      const message = chat(api, auth, 'Please continue', { key: 'k' });
      await until(() => model.requests.length === 1);
      await eraseByAdmin(api, account);
      model.letGo();
      expect((await message).body).toMatchObject({ code: 'not_found', detail: erased });
      const { body } = await ask(api, 'GET', `/api/admin/chats/?user_id=${account.id}`, {
        auth: account.admin.auth,
      });
      expect(JSON.stringify(body)).not.toMatch(/A secret tale|Please continue/);
    });

    test('is completed and charged if the account is disabled; later requests are rejected', async () => {
      const { api, model, auth, admin, id } = await setUp();
      const reader = eventReader(await openStream(api, auth, 'Please continue'));
      await reader.next();
      const json = { status: 'disabled' };
      await ask(api, 'PATCH', `/api/admin/users/${id}/`, { auth: admin.auth, json });
      model.letGo();
      await reader.next();
      expect(await reader.next()).toMatchObject({
        event: 'done',
        data: { response: 'A secret tale of old', tokens_charged: 100 },
      });
      expect((await chat(api, auth, 'More')).status).toBe(401);
      await ask(api, 'PATCH', `/api/admin/users/${id}/`, { auth: admin.auth, json: { status: 'active' } });
    });

    test('returns 404, not a provider timeout, if the hold has expired as well', async () => {
      const { api, model, ...account } = await setUp();
      const message = chat(api, account.auth, 'Please continue');
      await until(() => model.requests.length === 1);
      await eraseOwnAccount(api, account);
      await api.core.chat.expireHolds({ caller: operatorCaller, everyOpen: false });
      model.letGo();
      expect((await message).body).toMatchObject({ code: 'not_found', detail: erased });
    });
  });
}
