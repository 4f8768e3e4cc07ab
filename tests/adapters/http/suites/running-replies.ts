import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../../src/domain/errors.js';
import type { OpenedEngine } from '../api-suites.js';
import { complete } from '../completions.js';
import { comment, deltaText, eventReader, eventsIn, openStream } from '../events.js';
import { createMessage } from '../messages.js';
import { ask, balance, exchanges, newAccount, newAdmin, until } from '../requests.js';
import { respond } from '../responses.js';
import { sendUiMessage } from '../ui-messages.js';
import { testApi, type TestApi, type TestApiOptions } from '../test-api.js';
import { finish, modelThat, modelYielding, text, waitingModel } from '../test-models.js';

/** Tests of following and stopping a reply. */
export function runningRepliesSuite(engine: OpenedEngine): void {
  const opened = async (options: TestApiOptions = {}) => {
    const api = testApi(engine(), options);
    return { api, auth: (await newAccount(api)).auth };
  };
  /** Starts a message with a key and returns the id of its exchange. */
  const begun = async (api: TestApi, auth: string) => {
    const response = await openStream(api, auth, 'Hi', { key: 'k' });
    const reader = eventReader(response);
    await reader.next();
    const [exchange] = await exchanges(api, auth);
    return { id: String(exchange?.['id']), reader };
  };
  const follow = (api: TestApi, auth: string, id: string) =>
    ask(api, 'GET', `/api/chat/${id}/stream/`, { auth });
  const stop = (api: TestApi, auth: string, id: string) =>
    ask(api, 'POST', `/api/chat/${id}/stop/`, { auth });

  describe('following a reply', () => {
    test('yields what has come at once, and goes on; however many follow, it is charged once', async () => {
      const model = waitingModel({ before: [text('One. ')], after: [text('Two.')] });
      const { api, auth } = await opened({ models: [model] });
      const { id, reader } = await begun(api, auth);
      void reader.leave();
      const responses = await Promise.all(
        Array.from({ length: 5 }, async () =>
          api.app.request(`/api/chat/${id}/stream/`, { headers: { Authorization: `Token ${auth}` } }),
        ),
      );
      const followers = responses.map(eventReader);
      for (const follower of followers) {
        expect(await follower.next()).toEqual({ event: 'delta', data: { text: 'One. ' } });
      }
      model.letGo();
      for (const follower of followers) {
        expect(await follower.next()).toEqual({ event: 'delta', data: { text: 'Two.' } });
        expect(await follower.next()).toMatchObject({
          event: 'done',
          data: { id, response: 'One. Two.', tokens_charged: 100, remaining_tokens: 3900 },
        });
        expect(await follower.next()).toBeNull();
      }
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
      expect(model.requests).toHaveLength(1);
    });

    test('a follower who leaves changes nothing', async () => {
      const model = waitingModel({ before: [text('One. ')], after: [text('Two.')] });
      const { api, auth } = await opened({ models: [model] });
      const { id, reader } = await begun(api, auth);
      const follower = eventReader(
        await api.app.request(`/api/chat/${id}/stream/`, { headers: { Authorization: `Token ${auth}` } }),
      );
      await follower.next();
      void follower.leave();
      model.letGo();
      expect(await reader.next()).toEqual({ event: 'delta', data: { text: 'Two.' } });
      expect(await reader.next()).toMatchObject({ event: 'done' });
    });

    test('a reply of another server comes once it is complete', async () => {
      const model = waitingModel({ before: [text('One. ')], after: [text('Two.')] });
      const { api, auth } = await opened({ models: [model] });
      const other = testApi(engine());
      const { id, reader } = await begun(api, auth);
      void reader.leave();
      const following = follow(other, auth, id);
      model.letGo();
      const response = await following;
      expect(response.status).toBe(200);
      const events = eventsIn(response.text);
      expect(deltaText(events)).toBe('One. Two.');
      expect(events.at(-1)).toMatchObject({ event: 'done', data: { id, tokens_charged: 100 } });
    });

    test('a follower gets comments while nothing comes, at the same and at another server', async () => {
      const model = waitingModel();
      const { api, auth } = await opened({ models: [model], streamKeepAliveMs: 20 });
      const sending = ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi' } });
      await until(model.waits);
      const [exchange] = await exchanges(api, auth);
      const headers = { Authorization: `Token ${auth}` };
      for (const server of [api, testApi(engine(), { streamKeepAliveMs: 20 })]) {
        const path = `/api/chat/${String(exchange?.['id'])}/stream/`;
        const body = (await server.app.request(path, { headers })).body?.getReader();
        for (let count = 0; count < 3; count += 1) {
          expect(new TextDecoder().decode((await body?.read())?.value as Uint8Array)).toBe(comment);
        }
        await body?.cancel();
      }
      model.letGo();
      expect((await sending).status).toBe(200);
    });

    test('a reply that is complete comes whole', async () => {
      const { api, auth } = await opened({
        models: [modelYielding(text('Hello.'), { type: 'finish', reason: 'stop', usage: null })],
      });
      const sent = await ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi' } });
      const { id } = sent.body as { id: string };
      const events = eventsIn((await follow(api, auth, id)).text);
      expect(events).toEqual([
        { event: 'delta', data: { text: 'Hello.' } },
        { event: 'done', data: sent.body },
      ]);
    });

    test('a reply that failed yields its text and its error', async () => {
      const failing = modelThat(async function* () {
        await Promise.resolve();
        yield text('Half a ');
        throw new DomainError('provider_timeout', 'Too slow.');
      });
      const { api, auth } = await opened({ models: [{ ...failing, retries: 0 }] });
      await openStream(api, auth, 'Hi').then((response) => response.text());
      const [exchange] = await exchanges(api, auth);
      for (const at of [api, testApi(engine())]) {
        const events = eventsIn((await follow(at, auth, String(exchange?.['id']))).text);
        expect(events).toMatchObject([
          { event: 'delta', data: { text: 'Half a ' } },
          { event: 'error', data: { code: 'provider_timeout' } },
        ]);
      }
    });

    test.each(['provider_busy', 'provider_failed', 'provider_timeout'] as const)(
      'a reply that failed with %s before any text is that error, with its plain status',
      async (code) => {
        const failing = modelThat(async function* () {
          await Promise.reject(new DomainError(code, 'As requested.'));
          yield finish;
        });
        const { api, auth } = await opened({ models: [{ ...failing, retries: 0 }] });
        const failed = await ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi' } });
        const [exchange] = await exchanges(api, auth);
        const followed = await follow(api, auth, String(exchange?.['id']));
        expect([followed.status, followed.body]).toMatchObject([failed.status, { code }]);
      },
    );

    test('a reply of an erased conversation does not exist', async () => {
      const { api, auth } = await opened();
      const { body } = await ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi' } });
      const id = body['id'] as string;
      expect((await follow(api, auth, id)).status).toBe(200);
      await ask(api, 'DELETE', `/api/conversations/${body['conversation_id'] as string}/`, { auth });
      expect((await follow(api, auth, id)).status).toBe(404);
    });

    test("another account's reply does not exist, nor does an unknown one", async () => {
      const model = waitingModel({ before: [text('One. ')] });
      const { api, auth } = await opened({ models: [model] });
      const { id, reader } = await begun(api, auth);
      const stranger = (await newAccount(api)).auth;
      const admin = (await newAdmin(api)).auth;
      for (const other of [stranger, admin]) {
        expect((await follow(api, other, id)).status).toBe(404);
        expect((await stop(api, other, id)).status).toBe(404);
      }
      const unknown = '0190cafe-0000-7000-8000-000000000000';
      expect((await follow(api, auth, unknown)).status).toBe(404);
      expect((await stop(api, auth, unknown)).status).toBe(404);
      model.letGo();
      while ((await reader.next()) !== null);
    });
  });

  describe('stopping a reply', () => {
    test.each(['the same', 'another'])('at %s server keeps and charges what came', async (place) => {
      const model = waitingModel({ before: [text('One. ')] });
      const { api, auth } = await opened({ models: [model] });
      const other = place === 'another' ? testApi(engine()) : api;
      const { id, reader } = await begun(api, auth);
      const stopped = await stop(other, auth, id);
      expect(stopped).toMatchObject({
        status: 200,
        body: { id, status: 'cancelled', response: 'One. ', incomplete: true, tokens_charged: 100 },
      });
      expect(model.requests[0]?.signal.aborted).toBe(true);
      expect(await reader.next()).toMatchObject({ event: 'done', data: { response: 'One. ' } });
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
      expect((await stop(other, auth, id)).body).toEqual(stopped.body);
    });

    test('before anything came costs nothing, and is the error of the message', async () => {
      const model = waitingModel();
      const { api, auth } = await opened({ models: [model] });
      const sending = ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi' } });
      await until(model.waits);
      const [exchange] = await exchanges(api, auth);
      const id = String(exchange?.['id']);
      expect((await stop(api, auth, id)).body).toMatchObject({ status: 'cancelled', tokens_charged: 0 });
      expect(await sending).toMatchObject({ status: 409, body: { code: 'reply_stopped' } });
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await follow(api, auth, id)).toMatchObject({ status: 409, body: { code: 'reply_stopped' } });
    });

    test('of a UI message before anything came is its problem', async () => {
      const model = waitingModel();
      const { api, auth } = await opened({ models: [model] });
      const sending = sendUiMessage(api, auth);
      await until(model.waits);
      const [exchange] = await exchanges(api, auth);
      await stop(api, auth, String(exchange?.['id']));
      expect(await sending).toMatchObject({ status: 409, body: { code: 'reply_stopped' } });
    });

    test.each([
      { what: 'a completion', send: complete },
      { what: 'a response', send: respond },
      { what: 'a message of Anthropic', send: createMessage },
    ])('of $what before anything came is its error', async ({ send }) => {
      const model = waitingModel();
      const { api, auth } = await opened({ models: [model] });
      const sending = send(api, auth);
      await until(model.waits);
      const [exchange] = await exchanges(api, auth);
      await stop(api, auth, String(exchange?.['id']));
      expect(await sending).toMatchObject({ status: 409, body: { error: { code: 'reply_stopped' } } });
    });

    test('that is complete changes nothing', async () => {
      const { api, auth } = await opened();
      const sent = await ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi' } });
      const { id } = sent.body as { id: string };
      expect((await stop(api, auth, id)).body).toMatchObject({
        id,
        status: 'completed',
        response: 'Echo: Hi',
      });
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });
  });
}
