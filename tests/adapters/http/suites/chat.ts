import { describe, expect, test } from 'vitest';
import { echoModel } from '../../../../src/adapters/ai/echo.js';
import { testOffer } from '../../../domain/chat/test-offer.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, chat, exchanges, newAccount } from '../requests.js';
import { testApi } from '../test-api.js';
import { finish, modelYielding, text } from '../test-models.js';
import { messageText } from '../../../../src/domain/chat/model-message.js';

/** Tests of one message and its price. */
export function chatSuite(engine: OpenedEngine): void {
  describe('chat', () => {
    test('a message costs its price: one ledger entry that refers to the exchange', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const { body } = await chat(api, auth, 'Hello');
      const entries = await ask(api, 'GET', '/api/tokens/entries/', { auth });
      expect((entries.body['results'] as unknown[])[0]).toEqual({
        id: expect.any(String) as string,
        kind: 'charge',
        amount: -100,
        balance_after: 3900,
        chat_id: body['id'],
        ...{ hold_id: null, action: 'chat', units: null, details: null },
        reason: null,
        created_at: expect.stringMatching(/Z$/) as string,
      });
      expect(await exchanges(api, auth)).toEqual([
        {
          id: body['id'],
          conversation_id: body['conversation_id'],
          after_id: null,
          message: 'Hello',
          response: 'Echo: Hello',
          ...{ incomplete: false, erased: false },
          status: 'completed',
          tokens_charged: 100,
          model: 'echo',
          created_at: body['created_at'],
        },
      ]);
    });

    test('too few tokens are 402 with the remaining and the required tokens, and the model is not called', async () => {
      const model = modelYielding(text('Hi'), finish);
      const api = testApi(engine(), { models: [model], policy: { startingCredits: 199 } });
      const { auth } = await newAccount(api);
      expect((await chat(api, auth, 'one')).status).toBe(200);
      const response = await chat(api, auth, 'two');
      expect(response.status).toBe(402);
      expect(response.body).toEqual({
        type: 'urn:metered-chat:problem:insufficient_tokens',
        title: 'Payment Required',
        status: 402,
        detail: 'The balance is too low: 99 available, 100 required.',
        code: 'insufficient_tokens',
        remaining_tokens: 99,
        required_tokens: 100,
      });
      expect(model.requests.map(({ messages }) => messageText(messages.at(-1)))).toEqual(['one']);
      expect(await balance(api, auth)).toEqual({ tokens: 99, held: 0 });
      expect(await exchanges(api, auth)).toHaveLength(1);
    });

    test('a message that fits the budget is limited to what the balance covers, else 402 says how much that is', async () => {
      const model = { ...modelYielding(text('Hi'), finish), price: { per1mInput: 1e6, per1mOutput: 1e6 } };
      const api = testApi(engine(), { models: [model], policy: { startingCredits: 125 } });
      const { auth } = await newAccount(api);
      const rejected = await chat(api, auth, 'Hi');
      expect(rejected.status).toBe(402);
      expect(rejected.body).toMatchObject({ code: 'insufficient_tokens', affordable_output_tokens: 100 });
      const json = { message: 'Hi', fit_budget: true };
      expect((await ask(api, 'POST', '/api/chat/', { auth, json })).status).toBe(200);
      expect(model.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([100]);
    });

    test('the last tokens can be spent', async () => {
      const api = testApi(engine(), { policy: { startingCredits: 100 } });
      const { auth } = await newAccount(api);
      expect((await chat(api, auth, 'one')).body).toMatchObject({ remaining_tokens: 0 });
      expect((await chat(api, auth, 'two')).body).toMatchObject({
        remaining_tokens: 0,
        required_tokens: 100,
      });
    });

    test('of 30 messages at once on a balance for 7, exactly 7 get a reply', async () => {
      const model = modelYielding(text('Hi'), finish);
      const api = testApi(engine(), { models: [model], policy: { startingCredits: 799 } });
      const { auth } = await newAccount(api);
      const responses = await Promise.all(Array.from({ length: 30 }, () => chat(api, auth, 'Hi')));
      const statuses = responses.map(({ status }) => status).sort();
      expect(statuses).toEqual([...new Array<number>(7).fill(200), ...new Array<number>(23).fill(402)]);
      expect(model.requests).toHaveLength(7);
      expect(await balance(api, auth)).toEqual({ tokens: 99, held: 0 });
    });

    test('a price of 0 charges 0', async () => {
      const models = [testOffer(echoModel(), { price: { perMessage: 0 } })] as const;
      const api = testApi(engine(), { models, policy: { startingCredits: 0 } });
      const { auth } = await newAccount(api);
      expect((await chat(api, auth, 'Hi')).body).toMatchObject({ tokens_charged: 0, remaining_tokens: 0 });
    });

    test.each(['', ' ', '\n\t \r\n', '\u00A0\u2003\u3000\u2028\u0085'])(
      'the blank message %j is 400',
      async (message) => {
        const api = testApi(engine());
        const { auth } = await newAccount(api);
        const response = await chat(api, auth, message);
        expect(response.status).toBe(400);
        expect(response.body).toMatchObject({
          code: 'invalid_input',
          errors: { message: ['Must not be blank.'] },
        });
        expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      },
    );

    test.each(['\u200B', '\u2800', '.', '\u00AD', '\u0007'])(
      'the message %j is not blank: it has a character other than white space',
      async (message) => {
        const api = testApi(engine());
        const { auth } = await newAccount(api);
        expect((await chat(api, auth, message)).body).toMatchObject({ response: `Echo: ${message}` });
      },
    );

    test('a message of the maximum length is accepted, and one character more is 400', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      for (const character of ['a', '🦉']) {
        const longest = character.repeat(32_000);
        expect((await chat(api, auth, longest)).body).toMatchObject({ response: `Echo: ${longest}` });
        const response = await chat(api, auth, longest + character);
        expect(response.status).toBe(400);
        expect(response.body).toMatchObject({ errors: { message: ['Must have at most 32000 characters.'] } });
      }
    });

    test('by default the maximum message length is the context of its model, at three characters per token', async () => {
      const models = [
        { ...testOffer(echoModel()), contextTokens: 20_000 },
        { ...testOffer(echoModel(), { name: 'large' }), contextTokens: 40_000 },
      ] as const;
      const api = testApi(engine(), { models, policy: { maxMessageChars: null } });
      const { auth } = await newAccount(api);
      for (const [model, longest] of [
        ['echo', 60_000],
        ['large', 120_000],
      ] as const) {
        const send = (message: string) => ask(api, 'POST', '/api/chat/', { auth, json: { message, model } });
        const message = '🦉'.repeat(longest);
        expect((await send(message)).body).toMatchObject({
          response: `Echo: ${message}`,
          tokens_charged: 100,
        });
        const response = await send(`${message}.`);
        expect(response.status).toBe(400);
        const reason = `Must have at most ${longest} characters.`;
        expect(response.body).toMatchObject({ code: 'invalid_input', errors: { message: [reason] } });
      }
    });

    test('white space around a message is kept', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const message = '  \u3000two\r\n  lines \t';
      expect((await chat(api, auth, message)).body).toMatchObject({ response: `Echo: ${message}` });
      expect((await exchanges(api, auth))[0]).toMatchObject({ message, response: `Echo: ${message}` });
    });

    test('a message can name a model, and one that does not exist is 400', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const send = (model: unknown) =>
        ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi', model } });
      expect((await send('echo')).status).toBe(200);
      expect((await send(null)).status).toBe(200);
      for (const unknown of ['gpt', '', 'Echo', '__proto__', 'constructor']) {
        const response = await send(unknown);
        expect(response.status).toBe(400);
        expect(response.body).toMatchObject({ code: 'model_not_found' });
      }
    });

    test('a conversation that does not exist is 404, and an invalid id is 400', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const send = (id: unknown) =>
        ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi', conversation_id: id } });
      expect((await send('0190cafe-0000-7000-8000-000000000000')).body).toMatchObject({ code: 'not_found' });
      for (const id of ['', '1', '0190cafe-0000-7000-8000-00000000000g', "'; drop table users; --"]) {
        const response = await send(id);
        expect(response.status).toBe(400);
        expect(response.body).toMatchObject({ errors: { conversation_id: ['Must be a UUID.'] } });
      }
    });
  });
}
