import { describe, expect, test } from 'vitest';
import { messageText } from '../../../../src/domain/chat/model-message.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, exchanges, newAccount, type TestResponse } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';
import { finish, modelThat, text, type TestModel } from '../test-models.js';

/** A model with a price of its own that says its name. */
function named(name: string, perMessage: number, terms: Partial<TestModel> = {}): TestModel {
  const model = modelThat(async function* () {
    await Promise.resolve();
    yield text(`I am ${name}.`);
    yield finish;
  });
  return { ...model, name, price: { perMessage }, ...terms };
}

function send(
  api: TestApi,
  auth: string,
  json: Record<string, unknown>,
  key?: string,
): Promise<TestResponse> {
  const headers: Record<string, string> = key === undefined ? {} : { 'Idempotency-Key': key };
  return ask(api, 'POST', '/api/chat/', { auth, headers, json: { message: 'Hello', ...json } });
}

const pathOf = ({ body }: TestResponse) => `/api/conversations/${body['conversation_id'] as string}/`;

/** The texts of the last request to a model. */
const lastTexts = ({ requests }: TestModel) =>
  requests.at(-1)?.messages.map((message) => [message.role, messageText(message)]);

/** The model, system prompt and temperature of a conversation. */
export function conversationSettingsSuite(engine: OpenedEngine): void {
  describe('the settings of a conversation', () => {
    test('its messages go to its model, at the price of that, and those of other conversations do not', async () => {
      const api = testApi(engine(), { models: [named('usual', 100), named('large', 700)] });
      const { auth } = await newAccount(api);
      const first = await send(api, auth, {});
      const other = await send(api, auth, {});
      const changed = await ask(api, 'PATCH', pathOf(first), { auth, json: { model: 'large' } });
      expect(changed.body).toMatchObject({ model: 'large', system_prompt: null, temperature: null });
      const next = await send(api, auth, { conversation_id: first.body['conversation_id'] });
      expect(next.body).toMatchObject({ model: 'large', tokens_charged: 700 });
      const elsewhere = await send(api, auth, { conversation_id: other.body['conversation_id'] });
      expect(elsewhere.body).toMatchObject({ model: 'usual', tokens_charged: 100 });
      const once = { conversation_id: first.body['conversation_id'], model: 'usual' };
      expect((await send(api, auth, once)).body).toMatchObject({ model: 'usual', tokens_charged: 100 });
      const after = await send(api, auth, { conversation_id: first.body['conversation_id'] });
      expect(after.body['model']).toBe('large');
    });

    test('a new conversation keeps what its first message names', async () => {
      const [usual, large] = [named('usual', 100), named('large', 700, { system: 'Be brief.' })];
      const api = testApi(engine(), { models: [usual, large] });
      const { auth } = await newAccount(api);
      const settings = { model: 'large', system_prompt: 'Reply in French.', temperature: 0.3 };
      const first = await send(api, auth, settings);
      expect((await ask(api, 'GET', pathOf(first), { auth })).body).toMatchObject(settings);
      await send(api, auth, { message: 'Again', conversation_id: first.body['conversation_id'] });
      expect(lastTexts(large)).toEqual([
        ['system', 'Be brief.'],
        ['system', 'Reply in French.'],
        ['user', 'Hello'],
        ['assistant', 'I am large.'],
        ['user', 'Again'],
      ]);
      expect(large.requests.at(-1)?.sampling).toEqual({ temperature: 0.3 });
      const exported = await ask(api, 'GET', '/api/me/export/', { auth });
      expect(exported.body['conversations']).toMatchObject([settings]);
    });

    test('what a message names applies to it alone, and null removes a setting', async () => {
      const usual = named('usual', 100);
      const api = testApi(engine(), { models: [usual] });
      const { auth } = await newAccount(api);
      const first = await send(api, auth, { system_prompt: 'In French.', temperature: 1 });
      const place = { conversation_id: first.body['conversation_id'] };
      await send(api, auth, { ...place, system_prompt: 'In verse.', temperature: 0 });
      expect(lastTexts(usual)?.[0]).toEqual(['system', 'In verse.']);
      expect(usual.requests.at(-1)?.sampling).toEqual({ temperature: 0 });
      await send(api, auth, place);
      expect(lastTexts(usual)?.[0]).toEqual(['system', 'In French.']);
      expect(usual.requests.at(-1)?.sampling).toEqual({ temperature: 1 });
      const json = { system_prompt: null, temperature: null };
      expect((await ask(api, 'PATCH', pathOf(first), { auth, json })).body).toMatchObject(json);
      await send(api, auth, place);
      expect(lastTexts(usual)?.[0]?.[0]).toBe('user');
      expect(usual.requests.at(-1)?.sampling).toEqual({});
    });

    test('the system prompt counts as input in what a message holds', async () => {
      const price = { per1kInput: 1000, per1kOutput: 1000 };
      const model = { ...named('usual', 0), price, maxOutputTokens: 10 };
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const first = await send(api, auth, {});
      const place = { conversation_id: first.body['conversation_id'] };
      await ask(api, 'PATCH', pathOf(first), { auth, json: { system_prompt: 'x'.repeat(9000) } });
      const refused = await send(api, auth, place);
      expect(refused.status).toBe(402);
      const required = refused.body['required_tokens'] as number;
      expect(required).toBeGreaterThan(4500);
      expect(model.requests).toHaveLength(1);
    });

    test('are valid, or nothing changes', async () => {
      const limited = { ...named('limited', 1) };
      limited.model = { ...limited.model, unsupported: ['temperature'] };
      const api = testApi(engine(), { models: [named('usual', 100), limited] });
      const { auth } = await newAccount(api);
      const first = await send(api, auth, {});
      const change = (json: object) => ask(api, 'PATCH', pathOf(first), { auth, json });
      expect((await change({ system_prompt: '🦉'.repeat(10_000) })).status).toBe(200);
      for (const [field, values] of Object.entries({
        system_prompt: ['', ' \u3000', 'a'.repeat(10_001), 'a\0', '\ud800', '\uFEFFa', 7],
        temperature: [-0.1, 2.1, '1', true],
        model: [7, {}],
        pinned: [null, 'yes', 1],
      })) {
        for (const value of values) {
          const response = await change({ title: 'New', [field]: value });
          expect([response.status, Object.keys(response.body['errors'] as object)]).toEqual([400, [field]]);
          if (field === 'pinned') continue;
          const sent = await send(api, auth, { [field]: value });
          expect([sent.status, Object.keys(sent.body['errors'] as object)]).toEqual([400, [field]]);
        }
      }
      expect((await change({ title: 'New', model: 'none' })).body).toMatchObject({ code: 'model_not_found' });
      expect((await ask(api, 'GET', pathOf(first), { auth })).body).toMatchObject({
        ...{ title: 'Hello', model: null, system_prompt: '🦉'.repeat(10_000), pinned: false },
      });
      expect((await change({ model: 'limited', temperature: 1 })).status).toBe(200);
      const unsupported = await send(api, auth, { conversation_id: first.body['conversation_id'] });
      expect(unsupported.body).toMatchObject({
        code: 'unsupported_parameter',
        errors: { temperature: [expect.stringContaining('not support'), expect.stringContaining('usual')] },
      });
      expect(await balance(api, auth)).toMatchObject({ held: 0 });
    });

    test('of a model that is no longer offered: messages say so, until another one is chosen', async () => {
      const usual = named('usual', 100);
      const { auth } = await newAccount(testApi(engine(), { models: [usual, named('former', 1)] }));
      const first = await send(testApi(engine(), { models: [usual, named('former', 1)] }), auth, {
        model: 'former',
      });
      const api = testApi(engine(), { models: [usual] });
      const place = { conversation_id: first.body['conversation_id'] };
      const refused = await send(api, auth, place);
      expect([refused.status, refused.body['code']]).toEqual([400, 'model_not_found']);
      expect(refused.body['detail']).toContain('former');
      await ask(api, 'PATCH', pathOf(first), { auth, json: { model: null } });
      expect((await send(api, auth, place)).body).toMatchObject({ model: 'usual' });
    });

    test('a message that is repeated with its key gets its reply after the settings have changed', async () => {
      const api = testApi(engine(), { models: [named('usual', 100), named('large', 700)] });
      const { auth } = await newAccount(api);
      const first = await send(api, auth, {});
      const place = { conversation_id: first.body['conversation_id'] };
      const sent = await send(api, auth, place, 'k');
      await ask(api, 'PATCH', pathOf(first), { auth, json: { model: 'large', temperature: 1 } });
      const repeated = await send(api, auth, place, 'k');
      expect(repeated.body).toEqual(sent.body);
      expect(repeated.headers.get('Idempotent-Replayed')).toBe('true');
      for (const other of [{ model: 'large' }, { system_prompt: 'x' }, { temperature: 1 }]) {
        const reused = await send(api, auth, { ...place, ...other }, 'k');
        expect([reused.status, reused.body['code']]).toEqual([422, 'idempotency_key_reused']);
      }
      expect(await exchanges(api, auth)).toHaveLength(2);
    });

    test('are erased with the conversation', async () => {
      const api = testApi(engine(), { models: [named('usual', 100)] });
      const { auth, username } = await newAccount(api);
      const secret = `a prompt of ${username}`;
      const first = await send(api, auth, { system_prompt: secret });
      expect(await engine().dump()).toContain(secret);
      await ask(api, 'DELETE', pathOf(first), { auth });
      expect(await engine().dump()).not.toContain(secret);
    });

    test('an API key may set only the models that it may use', async () => {
      const api = testApi(engine(), { models: [named('usual', 100), named('large', 700)] });
      const { auth } = await newAccount(api);
      const first = await send(api, auth, {});
      const created = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'k', models: ['usual'] } });
      const key = created.body['key'] as string;
      const change = (model: string) => ask(api, 'PATCH', pathOf(first), { auth: key, json: { model } });
      expect((await change('usual')).status).toBe(200);
      const refused = await change('large');
      expect([refused.status, refused.body['code']]).toEqual([403, 'model_not_allowed']);
    });
  });
}
