import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../../src/domain/errors.js';
import type { ModelMessage } from '../../../../src/ports/ai-model.js';
import type { OpenedEngine } from '../api-suites.js';
import { eventReader, openStream, stream } from '../events.js';
import { ask, balance, chat, exchanges, newAccount, until, type TestResponse } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';
import { finish, modelThat, modelYielding, text, waitingModel, type TestModel } from '../test-models.js';
import { messageText } from '../../../../src/domain/chat/model-message.js';

const user = (text: string): ModelMessage => ({ role: 'user', parts: [{ type: 'text', text }] });
const assistant = (text: string): ModelMessage => ({ role: 'assistant', parts: [{ type: 'text', text }] });

/** A model that repeats the last message, or fails if that is `fail`. */
function parrot(): TestModel {
  return modelThat(async function* ({ messages }) {
    await Promise.resolve();
    const last = messageText(messages.at(-1));
    yield text(`re: ${last}`);
    if (last === 'fail') throw new DomainError('provider_failed', 'As requested.');
    yield finish;
  });
}

function send(
  api: TestApi,
  auth: string,
  message: string,
  conversation: unknown,
  key?: string,
): Promise<TestResponse> {
  return ask(api, 'POST', '/api/chat/', {
    auth,
    json: { message, conversation_id: conversation },
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
  });
}

async function conversations(api: TestApi, auth: string): Promise<Record<string, unknown>[]> {
  return (await ask(api, 'GET', '/api/conversations/', { auth })).body['results'] as Record<
    string,
    unknown
  >[];
}

/** Tests of conversations, and of the list of models. */
export function conversationsSuite(engine: OpenedEngine): void {
  describe('a conversation', () => {
    test('starts with a message, which is its title, and lists its exchanges', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const { body } = await chat(api, auth, '  What is the time?\n');
      const path = `/api/conversations/${body['conversation_id'] as string}/`;
      const shown = {
        id: body['conversation_id'],
        title: 'What is the time?',
        ...{ model: null, system_prompt: null, temperature: null, pinned: false, has_branches: false },
        created_at: body['created_at'],
        updated_at: body['created_at'],
      };
      expect(await conversations(api, auth)).toEqual([shown]);
      const read = await ask(api, 'GET', path, { auth });
      expect(read.body).toEqual({ ...shown, results: await exchanges(api, auth), next: null });
      await chat(api, auth, 'Another');
      expect(await conversations(api, auth)).toHaveLength(2);
    });

    test('sends the model its earlier messages, plain or streamed, and none of other conversations', async () => {
      const model = parrot();
      const api = testApi(engine(), { models: [{ ...model, system: 'Be brief.' }] });
      const { auth } = await newAccount(api);
      await chat(api, auth, 'elsewhere');
      const first = await chat(api, auth, 'one');
      const id = first.body['conversation_id'] as string;
      await send(api, auth, 'two', id);
      const third = await stream(api, auth, 'three', { conversationId: id });
      expect(third.events.at(-1)?.data).toMatchObject({ conversation_id: id, response: 're: three' });
      expect(model.requests.at(-1)?.messages).toEqual([
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        ...[user('one'), assistant('re: one'), user('two'), assistant('re: two'), user('three')],
      ]);
      expect((await conversations(api, auth))[0]).toMatchObject({ id, title: 'one' });
    });

    test('sends the model cancelled exchanges with their text, and not the failed ones', async () => {
      const model = parrot();
      const slow = { ...waitingModel({ before: [text('Once '), text('upon')] }), name: 'slow' };
      const api = testApi(engine(), { models: [model, slow] });
      const { auth } = await newAccount(api);
      const id = (await chat(api, auth, 'one')).body['conversation_id'] as string;
      expect((await send(api, auth, 'fail', id)).status).toBe(502);
      const parts = { conversationId: id, model: 'slow' };
      const reader = eventReader(await openStream(api, auth, 'continue', parts));
      await reader.next();
      await reader.leave();
      await send(api, auth, 'two', id);
      expect(model.requests.at(-1)?.messages).toEqual([
        ...[user('one'), assistant('re: one'), user('continue'), assistant('Once '), user('two')],
      ]);
    });

    test('of another user, or one that does not exist, is 404', async () => {
      const api = testApi(engine());
      const [mine, theirs] = [await newAccount(api), await newAccount(api)];
      const foreign = (await chat(api, theirs.auth, 'their message')).body['conversation_id'];
      for (const id of [foreign, '0190cafe-0000-7000-8000-000000000000']) {
        const response = await send(api, mine.auth, 'Hi', id);
        expect(response.status).toBe(404);
        expect(response.body).toMatchObject({ code: 'not_found' });
        for (const method of ['GET', 'PATCH', 'DELETE']) {
          const parts = { auth: mine.auth, ...(method === 'GET' ? {} : { json: { title: 'Mine' } }) };
          const attempt = await ask(api, method, `/api/conversations/${id as string}/`, parts);
          expect([attempt.status, attempt.body['code']]).toEqual([404, 'not_found']);
        }
      }
      expect(await balance(api, mine.auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await conversations(api, theirs.auth)).toMatchObject([{ title: 'their message' }]);
      expect((await ask(api, 'GET', '/api/conversations/none/', { auth: mine.auth })).status).toBe(404);
    });

    test('can be renamed, with a title that is valid text', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const id = (await chat(api, auth, 'Hi')).body['conversation_id'] as string;
      const rename = (json: object) => ask(api, 'PATCH', `/api/conversations/${id}/`, { auth, json });
      const renamed = await rename({ title: ' 🦉 owls ' });
      expect(renamed.status).toBe(200);
      expect(renamed.body).toMatchObject({ id, title: ' 🦉 owls ' });
      expect((await rename({ title: '🦉'.repeat(200) })).status).toBe(200);
      for (const title of ['', ' \u3000', 'a'.repeat(201), 'a\0', '\ud800', '\uFEFFa', 7, null]) {
        const response = await rename({ title });
        expect(response.status, String(title)).toBe(400);
        expect(Object.keys(response.body['errors'] as object)).toEqual(['title']);
      }
      expect(await conversations(api, auth)).toMatchObject([{ title: '🦉'.repeat(200) }]);
    });

    test('that is erased leaves no text in the database, and keeps its charges', async () => {
      const api = testApi(engine());
      const { auth, username } = await newAccount(api);
      const secret = `a question of ${username}`;
      const id = (await chat(api, auth, secret)).body['conversation_id'] as string;
      await send(api, auth, 'a second message', id);
      const path = `/api/conversations/${id}/`;
      expect((await ask(api, 'DELETE', path, { auth })).status).toBe(204);
      expect((await ask(api, 'DELETE', path, { auth })).status).toBe(404);
      expect((await ask(api, 'GET', path, { auth })).status).toBe(404);
      expect((await send(api, auth, 'Hi', id)).status).toBe(404);
      expect(await conversations(api, auth)).toEqual([]);
      expect(await exchanges(api, auth)).toMatchObject([
        { message: '', response: '', status: 'completed', tokens_charged: 100 },
        { message: '', response: '', status: 'completed', tokens_charged: 100 },
      ]);
      const entries = await ask(api, 'GET', '/api/tokens/entries/', { auth });
      expect(entries.body['results']).toHaveLength(3);
      expect(await balance(api, auth)).toEqual({ tokens: 3800, held: 0 });
      expect(await engine().dump()).not.toContain(secret);
    });

    test('that is erased during a reply keeps no text of it', async () => {
      const model = waitingModel({ before: [text('A whispered ')], after: [text('secret of ours')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const reader = eventReader(await openStream(api, auth, 'a whispered question'));
      await reader.next();
      const [erased] = await conversations(api, auth);
      await ask(api, 'DELETE', `/api/conversations/${erased?.['id'] as string}/`, { auth });
      model.letGo();
      await reader.next();
      expect((await reader.next())?.data).toMatchObject({ response: 'A whispered secret of ours' });
      expect(await exchanges(api, auth)).toMatchObject([{ message: '', response: '', status: 'completed' }]);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
      expect(await engine().dump()).not.toMatch(/whispered/);
    });

    test('is created once by a message that is repeated with its key', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const first = await send(api, auth, 'Hi', null, 'k');
      const id = first.body['conversation_id'];
      const repeat = await send(api, auth, 'Hi', undefined, 'k');
      expect(repeat.text).toBe(first.text);
      expect(await conversations(api, auth)).toHaveLength(1);
      expect((await send(api, auth, 'Hi', id, 'k')).status).toBe(422);
      const second = await send(api, auth, 'Hi', id, 'k2');
      expect((await send(api, auth, 'Hi', (id as string).toUpperCase(), 'k2')).text).toBe(second.text);
      expect((await send(api, auth, 'Hi', null, 'k2')).status).toBe(422);
      await ask(api, 'DELETE', `/api/conversations/${id as string}/`, { auth });
      expect((await send(api, auth, 'Hi', null, 'k')).status).toBe(404);
      expect((await send(api, auth, 'Hi', id, 'k2')).status).toBe(404);
      expect(await balance(api, auth)).toEqual({ tokens: 3800, held: 0 });
    });

    test('is in the export, and is erased with its account', async () => {
      const api = testApi(engine());
      const { auth, username, password } = await newAccount(api);
      const title = `a title by ${username}`;
      const id = (await chat(api, auth, 'Hi')).body['conversation_id'] as string;
      await ask(api, 'PATCH', `/api/conversations/${id}/`, { auth, json: { title } });
      const exported = await ask(api, 'GET', '/api/me/export/', { auth });
      expect(exported.body['conversations']).toEqual(await conversations(api, auth));
      await ask(api, 'DELETE', '/api/me/', { auth, json: { current_password: password } });
      expect(await engine().dump()).not.toContain(title);
    });

    test('adds no unnecessary statement to a chat', async () => {
      const model = modelYielding(text('Hi'), finish);
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const { statements } = engine();
      const countOf = async (conversation: unknown) => {
        const before = statements.length;
        const { body } = await send(api, auth, 'Hi', conversation);
        return { count: statements.length - before, id: body['conversation_id'] };
      };
      const first = await countOf(null);
      const second = await countOf(first.id);
      expect([first.count, second.count]).toEqual(statements.length === 0 ? [0, 0] : [3, 4]);
    });

    test('that gets a message while it is erased either stores it before or rejects it', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api, {});
      for (let round = 0; round < 5; round += 1) {
        const id = (await chat(api, auth, 'Hi')).body['conversation_id'] as string;
        const responses = await Promise.all([
          send(api, auth, 'a concurrent message', id),
          ask(api, 'DELETE', `/api/conversations/${id}/`, { auth }),
          send(api, auth, 'a concurrent message', id),
        ]);
        expect(responses[1].status).toBe(204);
        for (const { status } of [responses[0], responses[2]]) expect([200, 404]).toContain(status);
      }
      await until(async () => (await balance(api, auth))['held'] === 0);
      expect(await engine().dump()).not.toContain('a concurrent message');
    });
  });

  describe('the models', () => {
    test('are listed with their prices and limits, the default first', async () => {
      const rates = { per1kInput: 30, per1kOutput: 150 };
      const large = {
        ...parrot(),
        name: 'large',
        price: rates,
        contextTokens: 200_000,
        maxOutputTokens: 4096,
        capabilities: ['reasoning', 'tools'] as const,
      };
      const api = testApi(engine(), { models: [{ ...parrot(), system: 'A secret.' }, large] });
      const { auth } = await newAccount(api);
      expect((await ask(api, 'GET', '/api/models/', { auth })).body).toEqual({
        results: [
          {
            ...{ name: 'echo', default: true, price: { per_message: 100 } },
            ...{ context_tokens: 1_000_000, max_message_chars: 32_000, max_output_tokens: 100_000 },
            capabilities: ['images', 'files', 'json', 'tools', 'reasoning'],
          },
          {
            ...{ name: 'large', default: false, price: { per_1k_input: 30, per_1k_output: 150 } },
            ...{ context_tokens: 200_000, max_message_chars: 32_000, max_output_tokens: 4096 },
            capabilities: ['tools', 'reasoning'],
          },
        ],
        next: null,
        unit: { name: 'tokens', decimals: 0 },
      });
    });
  });
}
