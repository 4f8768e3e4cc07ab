import { beforeEach, describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, freshName, goodPassword, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

const path = '/api/admin/first/';

async function linkOf(api: TestApi): Promise<{ link: string; secret: string }> {
  const link = (await api.core.admin.issueFirstAdminLink({ caller: operatorCaller })) ?? '';
  const secret = link.split('/').at(-1) ?? '';
  api.engine.secrets.add(secret);
  return { link, secret };
}

function attempt(api: TestApi, secret: string, more: Record<string, unknown> = {}) {
  const json = { setup_token: secret, username: freshName(), password: goodPassword, ...more };
  return ask(api, 'POST', path, { json, headers: { 'User-Agent': 'a first page' } });
}

/** Creation of the first administrator. */
export function firstAdminSuite(engine: OpenedEngine): void {
  describe('the first administrator', () => {
    beforeEach(() => engine().dismissAdmins());

    test('is created with the link, signed in as after registration, and audited', async () => {
      const api = testApi(engine());
      const { link, secret } = await linkOf(api);
      expect(link).toMatch(
        /^https:\/\/chat\.example\.test\/admin\/#\/first-administrator\/mcs_[A-Za-z0-9_-]{43}$/,
      );
      const email = `${freshName()}@example.org`;
      const created = await attempt(api, secret, { email, password2: goodPassword });
      expect(created.status).toBe(201);
      expect(Object.keys(created.body)).toEqual(
        Object.keys(
          (
            await ask(api, 'POST', '/api/register/', {
              json: { username: freshName(), password: goodPassword },
            })
          ).body,
        ),
      );
      const auth = created.body['token'] as string;
      const me = await ask(api, 'GET', '/api/me/', { auth });
      expect(me.body).toMatchObject({ role: 'admin', email, tokens: 4000 });
      expect(api.mails).toMatchObject([{ to: email }]);
      const audited = await ask(api, 'GET', '/api/admin/audit/?action=administrator_created&limit=1', {
        auth,
      });
      expect(audited.body['results']).toMatchObject([{ user_id: me.body['id'], user_agent: 'a first page' }]);
      expect((await attempt(api, secret)).body).toMatchObject({ code: 'invalid_token', status: 400 });
      expect(await api.core.admin.issueFirstAdminLink({ caller: operatorCaller })).toBeNull();
    });

    test('is created once by twenty concurrent requests', async () => {
      const api = testApi(engine());
      const { secret } = await linkOf(api);
      const responses = await Promise.all(Array.from({ length: 20 }, () => attempt(api, secret)));
      const statuses = responses.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 400)]);
    });

    test('is not created with a wrong secret, and no password is hashed', async () => {
      const api = testApi(engine());
      const { secret } = await linkOf(api);
      const changed = secret.slice(0, -1) + (secret.endsWith('A') ? 'B' : 'A');
      const { auth } = await newAccount(api);
      for (const wrong of ['', 'mcs_', changed, `${secret}x`, secret.replace('mcs_', 'mca_'), auth]) {
        const rejected = await attempt(api, wrong, { password: '1' });
        expect([rejected.status, rejected.body['code']], wrong).toEqual([400, 'invalid_token']);
      }
      await newAdmin(api);
      expect((await attempt(api, secret)).body).toMatchObject({ code: 'invalid_token' });
    });

    test('can try again with another name or a better password', async () => {
      const api = testApi(engine());
      const { secret } = await linkOf(api);
      const { username } = await newAccount(api);
      expect((await attempt(api, secret, { username })).body).toMatchObject({ code: 'username_taken' });
      const email = `${freshName()}@example.com`;
      await newAccount(api, { email });
      const rejected = await attempt(api, secret, { email });
      expect([rejected.status, rejected.body['code']]).toEqual([409, 'email_taken']);
      expect((await attempt(api, secret, { password: '123' })).body).toMatchObject({ code: 'invalid_input' });
      const unequal = await attempt(api, secret, { password2: 'another' });
      expect(Object.keys(unequal.body['errors'] as object)).toEqual(['password2']);
      expect(Object.keys((await ask(api, 'POST', path, { json: {} })).body['errors'] as object)).toEqual([
        'setup_token',
      ]);
      expect((await attempt(api, secret)).status).toBe(201);
    });
  });
}
