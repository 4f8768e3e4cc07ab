import { describe, expect, test } from 'vitest';
import { messageText } from '../../../../src/domain/chat/model-message.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, newAccount, type TestResponse } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';
import { finish, modelThat, text } from '../test-models.js';

/** A conversation with two exchanges, and what the model read last. */
async function begun(engine: OpenedEngine) {
  const model = modelThat(async function* ({ messages }) {
    await Promise.resolve();
    yield text(`re: ${messageText(messages.at(-1))}`);
    yield finish;
  });
  const api = testApi(engine(), { models: [model] });
  const { auth } = await newAccount(api);
  const send = (json: Record<string, unknown>, key?: string): Promise<TestResponse> =>
    ask(api, 'POST', '/api/chat/', {
      auth,
      json,
      headers: key === undefined ? {} : { 'Idempotency-Key': key },
    });
  const first = (await send({ message: '1' })).body;
  const place = { conversation_id: first['conversation_id'] };
  const second = (await send({ message: '2', ...place })).body;
  const lastRead = () =>
    model.requests
      .at(-1)
      ?.messages.filter(({ role }) => role === 'user')
      .map(messageText);
  return { api, auth, send, first, second, place, lastRead, requests: model.requests };
}

async function readConversation(api: TestApi, auth: string, id: unknown): Promise<Record<string, unknown>> {
  return (await ask(api, 'GET', `/api/conversations/${id as string}/`, { auth })).body;
}

/** Messages that follow an earlier one, or take its place. */
export function branchesSuite(engine: OpenedEngine): void {
  describe('a message in a branch', () => {
    test('that takes the place of another follows what that one follows, and both stay', async () => {
      const { api, auth, send, first, second, place, lastRead } = await begun(engine);
      expect(await readConversation(api, auth, place.conversation_id)).toMatchObject({ has_branches: false });
      const again = (await send({ message: '2 again', ...place, replaces_id: second['id'] })).body;
      expect(lastRead()).toEqual(['1', '2 again']);
      await send({ message: 'after 2', ...place, after_id: second['id'] });
      expect(lastRead()).toEqual(['1', '2', 'after 2']);
      const root = (await send({ message: '1 again', ...place, replaces_id: first['id'] })).body;
      expect(lastRead()).toEqual(['1 again']);
      await send({ message: 'next', ...place });
      expect(lastRead()).toEqual(['1 again', 'next']);
      const read = await readConversation(api, auth, place.conversation_id);
      expect(read).toMatchObject({ has_branches: true });
      expect(
        (read['results'] as Record<string, unknown>[]).map((each) => [each['message'], each['after_id']]),
      ).toEqual([
        ['next', null],
        ['1 again', root['id']],
        ['after 2', second['id']],
        ['2 again', first['id']],
        ['2', null],
        ['1', null],
      ]);
      expect(again['tokens_charged']).toBe(100);
      expect(await balance(api, auth)).toEqual({ tokens: 3400, held: 0 });
    });

    test('that names no message of its conversation is 404, and costs nothing', async () => {
      const { api, auth, send, place, requests } = await begun(engine);
      const other = (await send({ message: 'elsewhere' })).body['id'];
      const foreign = await newAccount(api);
      const theirs = await ask(api, 'POST', '/api/chat/', { auth: foreign.auth, json: { message: 'x' } });
      const count = requests.length;
      for (const id of [other, theirs.body['id'], '0190cafe-0000-7000-8000-000000000000']) {
        for (const field of ['after_id', 'replaces_id']) {
          const response = await send({ message: 'x', ...place, [field]: id });
          expect([response.status, response.body['code']]).toEqual([404, 'not_found']);
        }
      }
      const intoTheirs = { conversation_id: theirs.body['conversation_id'], after_id: theirs.body['id'] };
      expect((await send({ message: 'x', ...intoTheirs })).status).toBe(404);
      expect(requests).toHaveLength(count);
      expect(await balance(api, auth)).toEqual({ tokens: 3700, held: 0 });
    });

    test('requires a conversation and one place in it', async () => {
      const { send, second, place } = await begun(engine);
      const id = second['id'];
      for (const [json, field] of [
        [{ after_id: id }, 'after_id'],
        [{ replaces_id: id }, 'replaces_id'],
        [{ ...place, after_id: id, replaces_id: id }, 'replaces_id'],
        [{ ...place, after_id: 'x' }, 'after_id'],
        [{ ...place, replaces_id: 7 }, 'replaces_id'],
      ] as const) {
        const response = await send({ message: 'x', ...json });
        expect([response.status, Object.keys(response.body['errors'] as object)]).toEqual([400, [field]]);
      }
    });

    test('is charged once with its key, which names one place', async () => {
      const { api, auth, send, first, second, place } = await begun(engine);
      const replaced = { message: '2 again', ...place, replaces_id: second['id'] };
      const sent = await send(replaced, 'k');
      const repeated = await send({ ...replaced, replaces_id: (second['id'] as string).toUpperCase() }, 'k');
      expect(repeated.body).toEqual(sent.body);
      for (const other of [
        { message: '2 again', ...place },
        { ...replaced, replaces_id: first['id'] },
        { message: '2 again', ...place, after_id: second['id'] },
      ]) {
        const reused = await send(other, 'k');
        expect([reused.status, reused.body['code']]).toEqual([422, 'idempotency_key_reused']);
      }
      expect(await balance(api, auth)).toEqual({ tokens: 3700, held: 0 });
    });

    test('of a conversation that is erased is 404', async () => {
      const { api, auth, send, second, place } = await begun(engine);
      await ask(api, 'DELETE', `/api/conversations/${place.conversation_id as string}/`, { auth });
      const response = await send({ message: 'x', ...place, replaces_id: second['id'] });
      expect([response.status, response.body['code']]).toEqual([404, 'not_found']);
      expect(await balance(api, auth)).toEqual({ tokens: 3800, held: 0 });
    });
  });
}
