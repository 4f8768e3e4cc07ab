import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { complete, errorIn } from '../completions.js';
import { eventReader, openStream } from '../events.js';
import { ask, chat, idOf, newAccount, newAdmin, until } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';
import { text, waitingModel } from '../test-models.js';

const erased = 'The account was erased before the reply was complete.';

/** What a reply says if its account ends while it is under way. */
export function endedAccountsSuite(engine: OpenedEngine): void {
  const setUp = async () => {
    const model = waitingModel({ before: [text('A secret tale ')], after: [text('of old')] });
    const api = testApi(engine(), { models: [model] });
    const [account, admin] = [await newAccount(api), await newAdmin(api)];
    return { api, model, ...account, admin, id: await idOf(api, account.auth) };
  };
  const eraseOneself = async (api: TestApi, { auth, password }: { auth: string; password: string }) => {
    const { status } = await ask(api, 'DELETE', '/api/me/', { auth, json: { current_password: password } });
    expect(status).toBe(204);
  };
  const eraseByAdmin = async (api: TestApi, { admin, id }: { admin: { auth: string }; id: string }) => {
    expect((await ask(api, 'DELETE', `/api/admin/users/${id}/`, { auth: admin.auth })).status).toBe(204);
  };

  describe('an account that ends while a reply to it is under way', () => {
    test('by its own erasure gets an event that says that it was erased', async () => {
      const { api, model, ...account } = await setUp();
      const reader = eventReader(await openStream(api, account.auth, 'Tell me'));
      await reader.next();
      await eraseOneself(api, account);
      model.letGo();
      await reader.next();
      expect(await reader.next()).toMatchObject({
        event: 'error',
        data: { status: 404, code: 'not_found', detail: erased },
      });
      expect(await engine().dump()).not.toMatch(/A secret tale|Tell me/);
    });

    test('by an administrator is told so in a plain answer, whatever form was asked for', async () => {
      const plain = await setUp();
      const message = chat(plain.api, plain.auth, 'Tell me');
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
    });

    test('by an administrator is told so by a request with a key, and none of its texts is kept', async () => {
      const { api, model, auth, ...account } = await setUp();
      const message = chat(api, auth, 'Tell me', { key: 'k' });
      await until(() => model.requests.length === 1);
      await eraseByAdmin(api, account);
      model.letGo();
      expect((await message).body).toMatchObject({ code: 'not_found', detail: erased });
      const { body } = await ask(api, 'GET', `/api/admin/chats/?user_id=${account.id}`, {
        auth: account.admin.auth,
      });
      expect(JSON.stringify(body)).not.toMatch(/A secret tale|Tell me/);
    });

    test('by being disabled gets the reply that it pays for, and nothing after it', async () => {
      const { api, model, auth, admin, id } = await setUp();
      const reader = eventReader(await openStream(api, auth, 'Tell me'));
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

    test('and whose hold has expired besides is not told of a provider that was late', async () => {
      const { api, model, ...account } = await setUp();
      const message = chat(api, account.auth, 'Tell me');
      await until(() => model.requests.length === 1);
      await eraseOneself(api, account);
      await api.core.chat.expireHolds({ everyOpen: false });
      model.letGo();
      expect((await message).body).toMatchObject({ code: 'not_found', detail: erased });
    });
  });
}
