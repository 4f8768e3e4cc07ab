import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, exchanges, newAccount, newAdmin, until } from '../requests.js';
import { testApi, type TestApiOptions } from '../test-api.js';
import { finish, modelThat, modelYielding, text, waitingModel } from '../test-models.js';
import { openUiMessage, problemIn, sendUiMessage, uiChunksIn, uiMessage } from '../ui-messages.js';

/** Tests of the route for `useChat`. The cost table has it in its forms. */
export function uiChatSuite(engine: OpenedEngine): void {
  const opened = async (options: TestApiOptions = {}) => {
    const api = testApi(engine(), options);
    return { api, auth: (await newAccount(api)).auth };
  };
  const image = 'data:image/png;base64,iVBORw0KGgo=';

  describe('a UI message', () => {
    test('has the version of its protocol, and streams reasoning and text as parts with what it cost', async () => {
      const model = modelYielding(
        { type: 'reasoning', text: 'Hm, ' },
        { type: 'reasoning', text: 'well.' },
        ...[text('Hi '), text('you')],
        { type: 'finish', reason: 'length', usage: { input: 5, output: 6, reasoning: 2 } },
      );
      const { api, auth } = await opened({ models: [model] });
      const response = await sendUiMessage(api, auth);
      expect(response.headers.get('X-Vercel-AI-UI-Message-Stream')).toBe('v1');
      expect(response.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
      expect(response.text).toMatch(/\n\ndata: \[DONE\]\n\n$/);
      const [exchange] = await exchanges(api, auth);
      expect(uiChunksIn(response.text)).toEqual([
        { type: 'start', messageId: exchange?.['id'] },
        { type: 'start-step' },
        { type: 'reasoning-start', id: '0' },
        { type: 'reasoning-delta', id: '0', delta: 'Hm, ' },
        { type: 'reasoning-delta', id: '0', delta: 'well.' },
        { type: 'reasoning-end', id: '0' },
        { type: 'text-start', id: '1' },
        { type: 'text-delta', id: '1', delta: 'Hi ' },
        { type: 'text-delta', id: '1', delta: 'you' },
        { type: 'text-end', id: '1' },
        { type: 'finish-step' },
        {
          type: 'finish',
          finishReason: 'length',
          messageMetadata: {
            ...{ model: model.name, tokens_charged: 100, remaining_tokens: 3900 },
            usage: {
              ...{ input_tokens: 5, cached_input_tokens: 0, cache_write_tokens: 0 },
              ...{ output_tokens: 6, reasoning_tokens: 2 },
            },
            created_at: exchange?.['created_at'],
          },
        },
      ]);
      expect(exchange).toMatchObject({ message: 'Hi', response: 'Hi you', conversation_id: null });
    });

    test.each([
      ['stop', 'stop'],
      ['content_filter', 'content-filter'],
      ['other', 'other'],
    ] as const)('without any text, which ended by %s, has no part', async (reason, finishReason) => {
      const model = modelYielding({ type: 'finish', reason, usage: null });
      const { api, auth } = await opened({ models: [model] });
      const chunks = uiChunksIn((await sendUiMessage(api, auth)).text);
      expect(chunks.map(({ type }) => type)).toEqual(['start', 'start-step', 'finish-step', 'finish']);
      expect(chunks.at(-1)).toMatchObject({ finishReason });
    });

    test('gives the model the messages of the page, without the parts that are only for the page', async () => {
      const model = modelYielding(text('A cat.'), finish);
      const { api, auth } = await opened({ models: [model] });
      const messages = [
        uiMessage('system', 'Be brief.'),
        uiMessage('user', 'Hello'),
        {
          role: 'assistant',
          parts: [
            { type: 'step-start' },
            { type: 'reasoning', text: 'A greeting.', state: 'done' },
            { type: 'text', text: 'Hello!', state: 'done' },
            { type: 'source-url', sourceId: '1', url: 'https://example.com' },
          ],
        },
        // A reply that failed.
        { role: 'assistant', parts: [{ type: 'step-start' }, { type: 'text', text: '' }] },
        {
          role: 'user',
          parts: [
            { type: 'data-place', data: { city: 'Bern' } },
            { type: 'file', mediaType: 'Image/PNG', url: image },
            {
              type: 'file',
              mediaType: 'application/pdf',
              url: 'https://example.com/a.pdf',
              filename: 'a.pdf',
            },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ];
      const response = await sendUiMessage(api, auth, { json: { messages, temperature: 2, messageId: '1' } });
      expect(response.status).toBe(200);
      expect(model.requests[0]).toMatchObject({ sampling: {}, tools: [] });
      expect(model.requests[0]?.messages).toEqual([
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', parts: [{ type: 'text', text: 'Hello' }] },
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', text: 'A greeting.', signature: null, isRedacted: false },
            { type: 'text', text: 'Hello!' },
          ],
        },
        {
          role: 'user',
          parts: [
            { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'iVBORw0KGgo=' } },
            { type: 'file', source: { type: 'url', url: 'https://example.com/a.pdf' }, name: 'a.pdf' },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ]);
      expect((await exchanges(api, auth))[0]).toMatchObject({ message: 'What is this?' });
    });

    test('that fails midway ends its part, then has the problem as its error', async () => {
      const model = modelThat(async function* () {
        await Promise.resolve();
        yield text('Half');
        throw new TypeError('The model is broken.');
      });
      const { api, auth } = await opened({ models: [model] });
      const response = await sendUiMessage(api, auth);
      expect(response.text).toMatch(/\n\ndata: \[DONE\]\n\n$/);
      const chunks = uiChunksIn(response.text);
      expect(chunks.map(({ type }) => type)).toEqual([
        ...['start', 'start-step', 'text-start', 'text-delta', 'text-end', 'error'],
      ]);
      const problem = problemIn(chunks.at(-1) ?? { type: '' });
      expect(problem).toMatchObject({ status: 502, code: 'provider_failed' });
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
    });

    test.each<[string, object, string, number]>([
      ['no messages', { messages: [] }, 'messages', 400],
      ['a message of no role', { messages: [{ parts: [] }] }, 'messages.0.role', 400],
      [
        'a part of a tool',
        { messages: [{ role: 'assistant', parts: [{ type: 'tool-data-look' }] }] },
        'messages.0.parts.0',
        400,
      ],
      [
        'a file of another scheme',
        { messages: [{ role: 'user', parts: [{ type: 'file', mediaType: 'image/png', url: 'http://a/' }] }] },
        'messages.0.parts.0',
        400,
      ],
    ])('with %s is rejected by name', async (_, json, field, status) => {
      const { api, auth } = await opened();
      const response = await sendUiMessage(api, auth, { json });
      expect(response).toMatchObject({ status, body: { code: 'invalid_input' } });
      expect(Object.keys(response.body['errors'] as object).join()).toContain(field);
    });

    test('is refused with a plain problem before its first byte', async () => {
      const { api, auth } = await opened({ policy: { startingCredits: 99 } });
      const tooLow = await sendUiMessage(api, auth);
      expect(tooLow).toMatchObject({
        status: 402,
        body: { code: 'insufficient_tokens', remaining_tokens: 99 },
      });
      expect(tooLow.headers.get('Content-Type')).toContain('application/problem+json');
      expect(tooLow.headers.has('X-Vercel-AI-UI-Message-Stream')).toBe(false);
      const unknown = await sendUiMessage(api, auth, { json: { model: 'none' } });
      expect(unknown).toMatchObject({ status: 400, body: { code: 'model_not_found' } });
      const stranger = await openUiMessage(api, 'mca_unknown');
      expect(stranger.status).toBe(401);
    });

    test('of an account that is erased before any output is 404', async () => {
      const model = waitingModel({ after: [] });
      const { api, auth } = await opened({ models: [model] });
      const admin = await newAdmin(api);
      const { body: me } = await ask(api, 'GET', '/api/me/', { auth });
      const sending = sendUiMessage(api, auth);
      await until(model.waits);
      await ask(api, 'DELETE', `/api/admin/users/${String(me['id'])}/`, { auth: admin.auth });
      model.letGo();
      expect(await sending).toMatchObject({ status: 404, body: { code: 'not_found' } });
    });

    test('of an account whose email is not confirmed is 403', async () => {
      const { api, auth } = await opened({ policy: { requireVerifiedEmail: true } });
      const response = await sendUiMessage(api, auth);
      expect(response).toMatchObject({ status: 403, body: { code: 'email_not_verified' } });
    });

    test('with an image for a model without images is rejected by name', async () => {
      const { api, auth } = await opened();
      const messages = [{ role: 'user', parts: [{ type: 'file', mediaType: 'image/png', url: image }] }];
      const response = await sendUiMessage(api, auth, { json: { messages } });
      expect(response).toMatchObject({ status: 400, body: { code: 'unsupported_parameter' } });
    });

    test('repeated with its idempotency key is charged once, and replayed', async () => {
      const { api, auth } = await opened();
      const first = await sendUiMessage(api, auth, { key: 'k' });
      const second = await sendUiMessage(api, auth, { key: 'k' });
      expect(second.headers.get('Idempotent-Replayed')).toBe('true');
      const texts = [first, second].map((response) =>
        uiChunksIn(response.text)
          .map(({ delta = '' }) => delta as string)
          .join(''),
      );
      expect(texts).toEqual(['Echo: Hi', 'Echo: Hi']);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('is accepted with the cookies of a page, and from no other site', async () => {
      const { api } = await opened();
      const account = await newAccount(api);
      const page = { 'Sec-Fetch-Site': 'same-origin' };
      const login = await ask(api, 'POST', '/api/login/', {
        json: { username: account.username, password: account.password, cookie: true },
        headers: page,
      });
      const cookie = login.headers
        .getSetCookie()
        .map((each) => each.split(';')[0])
        .join('; ');
      const json = { messages: [uiMessage('user', 'Hi')] };
      const send = (headers: Record<string, string>) =>
        ask(api, 'POST', '/api/ui-chat/', { json, headers: { Cookie: cookie, ...headers } });
      expect((await send(page)).status).toBe(200);
      expect((await send({ 'Sec-Fetch-Site': 'cross-site' })).status).toBeGreaterThanOrEqual(400);
    });
  });
}
