import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { errorIn } from '../completions.js';
import { respond } from '../responses.js';
import { ask, newAccount } from '../requests.js';
import { sendUiMessage } from '../ui-messages.js';
import { testApi, type TestApi } from '../test-api.js';
import { finish, modelYielding, text } from '../test-models.js';

const models = [
  { ...modelYielding(text('large'), finish), name: 'large', fallback: 'small' },
  { ...modelYielding(text('small'), finish), name: 'small' },
  { ...modelYielding(text('org'), finish), name: 'org/model' },
] as const;

async function limitedKey(api: TestApi, auth: string, names: unknown) {
  const json = { name: 'limited', models: names };
  return ask(api, 'POST', '/api/keys/', { auth, json });
}

/** API keys that are limited to some models. */
export function keyModelsSuite(engine: OpenedEngine): void {
  describe('an API key for some models', () => {
    test('uses these, and is refused for another one in both forms', async () => {
      const api = testApi(engine(), { models });
      const { auth } = await newAccount(api);
      const created = await limitedKey(api, auth, ['small', 'org/model']);
      expect(created.body).toMatchObject({ models: ['small', 'org/model'] });
      const key = created.body['key'] as string;
      const send = (model: string | null) =>
        ask(api, 'POST', '/api/chat/', { auth: key, json: { message: 'Hi', model } });
      expect((await send('small')).body).toMatchObject({ model: 'small', response: 'small' });
      expect((await send(null)).body).toMatchObject({ model: 'small' });
      const refused = await send('large');
      expect(refused.status).toBe(403);
      expect(refused.body).toMatchObject({ code: 'model_not_allowed' });
      expect(refused.body['detail']).toContain('small, org/model');
      const messages = [{ role: 'user', content: 'Hi' }];
      const complete = (model: string) =>
        ask(api, 'POST', '/v1/chat/completions', { auth: key, json: { model, messages } });
      expect((await complete('org/model')).status).toBe(200);
      const denied = await complete('large');
      expect(denied.status).toBe(403);
      expect(denied.body['error']).toMatchObject({
        ...{ code: 'model_not_allowed', param: 'model', type: 'permission_error' },
      });
      const response = await respond(api, key, { json: { model: 'large' } });
      expect([response.status, errorIn(response)['code']]).toEqual([403, 'model_not_allowed']);
      const uiMessage = await sendUiMessage(api, key, { json: { model: 'large' } });
      expect([uiMessage.status, uiMessage.body['code']]).toEqual([403, 'model_not_allowed']);
      const unlimited = await ask(api, 'POST', '/api/chat/', {
        auth,
        json: { message: 'Hi', model: 'large' },
      });
      expect(unlimited.status).toBe(200);
    });

    test('lists only these', async () => {
      const api = testApi(engine(), { models });
      const { auth } = await newAccount(api);
      const key = (await limitedKey(api, auth, ['small', 'org/model'])).body['key'] as string;
      const { body } = await ask(api, 'GET', '/api/models/', { auth: key });
      expect(body['results']).toMatchObject([
        { name: 'small', default: true },
        { name: 'org/model', default: false },
      ]);
      const completionModels = await ask(api, 'GET', '/v1/models', { auth: key });
      expect(completionModels.body['data']).toMatchObject([{ id: 'small' }, { id: 'org/model' }]);
      expect((await ask(api, 'GET', '/v1/models/org/model', { auth: key })).status).toBe(200);
      expect((await ask(api, 'GET', '/v1/models/large', { auth: key })).status).toBe(404);
      expect((await ask(api, 'GET', '/v1/models/large', { auth })).status).toBe(200);
      const keys = await ask(api, 'GET', '/api/keys/', { auth });
      expect(keys.body['results']).toMatchObject([{ models: ['small', 'org/model'] }]);
    });

    test('is not created for models that cannot be', async () => {
      const api = testApi(engine(), { models });
      const { auth } = await newAccount(api);
      for (const faulty of [[], ['none'], ['small', 'small'], 'small', [7], {}]) {
        const refused = await limitedKey(api, auth, faulty);
        expect([refused.status, refused.body['code']], JSON.stringify(faulty)).toEqual([
          400,
          'invalid_input',
        ]);
      }
      expect((await limitedKey(api, auth, null)).body).toMatchObject({ models: null });
    });
  });
}
