import { describe, expect, test } from 'vitest';
import { echoModel } from '../../../../src/adapters/ai/echo.js';
import { testOffer } from '../../../domain/chat/test-offer.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, chat, exchanges, newAccount, until } from '../requests.js';
import { testApi } from '../test-api.js';
import { finish, modelThat, modelYielding, text, waitingModel } from '../test-models.js';

/** Tests of repeats with an Idempotency-Key. */
export function idempotencySuite(engine: OpenedEngine): void {
  describe('an idempotency key', () => {
    test('makes a repeat return the same response, charged once and marked as replayed', async () => {
      const model = modelYielding(text('Once.'), {
        type: 'finish',
        reason: 'stop',
        usage: { input: 3, output: 5 },
      });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const first = await chat(api, auth, 'Hi', { key: 'a key' });
      await chat(api, auth, 'Something else');
      const repeat = await chat(api, auth, 'Hi', { key: 'a key' });
      expect(first.headers.get('Idempotent-Replayed')).toBeNull();
      expect(first.body).toMatchObject({ usage: { input_tokens: 3, output_tokens: 5 } });
      expect(repeat.status).toBe(200);
      expect(repeat.headers.get('Idempotent-Replayed')).toBe('true');
      expect(repeat.text).toBe(first.text);
      expect(model.requests).toHaveLength(2);
      expect(await balance(api, auth)).toEqual({ tokens: 3800, held: 0 });
    });

    test('is the same with and without the quotes of a structured field', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const pairs = [
        ['plain-key', '"plain-key"'],
        ['with "quotes" and \\', '"with \\"quotes\\" and \\\\"'],
      ] as const;
      for (const [bare, quoted] of pairs) {
        const first = await chat(api, auth, 'Hi', { key: bare });
        const repeat = await chat(api, auth, 'Hi', { key: quoted });
        expect(repeat.headers.get('Idempotent-Replayed')).toBe('true');
        expect(repeat.text).toBe(first.text);
      }
    });

    test('with another message or model is 422', async () => {
      const model = Object.assign(modelYielding(text('Hi'), finish), { name: 'other' });
      const api = testApi(engine(), { models: [modelYielding(text('Hi'), finish), model] });
      const { auth } = await newAccount(api);
      await chat(api, auth, 'Hi', { key: 'reused' });
      const headers = { 'Idempotency-Key': 'reused' };
      for (const json of [{ message: 'Hi!' }, { message: 'Hi', model: 'other' }]) {
        const response = await ask(api, 'POST', '/api/chat/', { auth, json, headers });
        expect(response.status).toBe(422);
        expect(response.body).toMatchObject({
          code: 'idempotency_key_reused',
          title: 'Unprocessable Content',
        });
      }
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('is 409 with Retry-After while the first request is in progress', async () => {
      const model = waitingModel();
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const first = chat(api, auth, 'Hi', { key: 'slow' });
      await until(() => model.requests.length === 1);
      const repeat = await chat(api, auth, 'Hi', { key: 'slow' });
      expect(repeat.status).toBe(409);
      expect(repeat.body).toMatchObject({ code: 'idempotency_in_progress', title: 'Conflict' });
      expect(repeat.headers.get('Retry-After')).toBe('1');
      expect((await chat(api, auth, 'Another', { key: 'slow' })).status).toBe(422);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 100 });
      model.letGo();
      expect((await first).status).toBe(200);
      expect((await chat(api, auth, 'Hi', { key: 'slow' })).text).toBe((await first).text);
    });

    test('can be used again after the provider failed', async () => {
      let fails = true;
      const model = modelThat(async function* () {
        await Promise.resolve();
        if (fails) throw new Error('down');
        yield text('Up.');
        yield finish;
      });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      expect((await chat(api, auth, 'Hi', { key: 'again' })).status).toBe(502);
      fails = false;
      const second = await chat(api, auth, 'Another message even', { key: 'again' });
      expect(second.status).toBe(200);
      expect(second.headers.get('Idempotent-Replayed')).toBeNull();
    });

    test('can be used again after 402 and 400', async () => {
      const api = testApi(engine(), { policy: { startingCredits: 50 } });
      const { auth } = await newAccount(api);
      expect((await chat(api, auth, 'Hi', { key: 'poor' })).status).toBe(402);
      expect((await chat(api, auth, ' ', { key: 'poor' })).status).toBe(400);
      const models = [testOffer(echoModel(), { price: { perMessage: 50 } })] as const;
      const rich = testApi(engine(), { models });
      expect((await chat(rich, auth, 'Another', { key: 'poor' })).status).toBe(200);
    });

    test('is checked before the balance', async () => {
      const api = testApi(engine(), { policy: { startingCredits: 100 } });
      const { auth } = await newAccount(api);
      const first = await chat(api, auth, 'Hi', { key: 'last' });
      const repeat = await chat(api, auth, 'Hi', { key: 'last' });
      expect(repeat.text).toBe(first.text);
    });

    test('is separate for each account', async () => {
      const api = testApi(engine());
      const [mine, theirs] = [await newAccount(api), await newAccount(api)];
      await chat(api, mine.auth, 'My secret', { key: 'common' });
      const response = await chat(api, theirs.auth, 'My secret', { key: 'common' });
      expect(response.headers.get('Idempotent-Replayed')).toBeNull();
      expect((await chat(api, theirs.auth, 'Else', { key: 'common' })).status).toBe(422);
      expect(await exchanges(api, theirs.auth)).toHaveLength(1);
      expect(await balance(api, theirs.auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('in 50 requests at once causes one call of the provider and one charge', async () => {
      const model = modelYielding(text('One.'), finish);
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const responses = await Promise.all(
        Array.from({ length: 50 }, () => chat(api, auth, 'Hi', { key: 'fifty' })),
      );
      const successful = responses.filter(({ status }) => status === 200);
      expect(successful.length).toBeGreaterThan(0);
      expect(new Set(successful.map((response) => response.text)).size).toBe(1);
      const others = responses.filter(({ status }) => status !== 200);
      expect(
        others.every(({ status, body }) => status === 409 && body['code'] === 'idempotency_in_progress'),
      ).toBe(true);
      expect(model.requests).toHaveLength(1);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test.each(['', '""', 'é', 'a'.repeat(256), 'tab\there'])('%j is invalid: 400', async (key) => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const response = await chat(api, auth, 'Hi', { key });
      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({
        errors: { 'Idempotency-Key': ['Must be 1 to 255 printable ASCII characters.'] },
      });
    });

    test('of the maximum length works, and so does one of unusual characters', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      for (const key of ['a'.repeat(255), '"', '"half', '\\', "' or 1=1", '%00', '__proto__']) {
        await chat(api, auth, 'Hi', { key });
        const repeat = await chat(api, auth, 'Hi', { key });
        expect(repeat.headers.get('Idempotent-Replayed'), key).toBe('true');
      }
    });
  });
}
