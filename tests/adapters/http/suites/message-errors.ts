import { describe, expect, test } from 'vitest';
import { echoModel } from '../../../../src/adapters/ai/echo.js';
import { DomainError } from '../../../../src/domain/errors.js';
import { noLimits } from '../../../../src/domain/limits/rate-limits.js';
import { cpuTimeMs } from '../../../cpu-time.js';
import { testOffer } from '../../../domain/chat/test-offer.js';
import type { OpenedEngine } from '../api-suites.js';
import { createMessage, messageErrorIn, minimalBody } from '../messages.js';
import { ask, balance, exchanges, newAccount } from '../requests.js';
import { testApi, type TestApiOptions } from '../test-api.js';
import { finish, modelThat, modelYielding, text } from '../test-models.js';

const countPath = '/v1/messages/count_tokens';
const version = { 'anthropic-version': '2023-06-01' };
const look = { name: 'look', input_schema: { type: 'object' } };
const hi = { role: 'user', content: 'Hi' };
const called = (id: string, fields: object = {}) => ({
  ...{ type: 'tool_use', id, name: 'look', input: {} },
  ...fields,
});
const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'Snow.' });
const of = (role: string, ...content: object[]) => ({ role, content });
const messages = (...list: unknown[]) => ({ messages: list });
const block = (content: object) => messages(of('user', content));

/** Rejected as invalid, with the path that the error names first. */
const invalid: [path: string, json: object][] = [
  ['max_tokens', { max_tokens: null }],
  ['max_tokens', { max_tokens: 0 }],
  ['max_tokens', { max_tokens: 1.5 }],
  ['model', { model: null }],
  ['stream', { stream: 'yes' }],
  ['temperature', { temperature: 1.1 }],
  ['top_k', { top_k: -1 }],
  ['stop_sequences', { stop_sequences: 'END' }],
  ['stop_sequences.1', { stop_sequences: ['a', ''] }],
  ['messages', { messages: [] }],
  ['messages', { messages: 'Hi' }],
  ['messages', messages({ role: 'user', content: 'a'.repeat(32_001) })],
  ['messages.0', messages(null)],
  ['messages.0.role', messages({ role: 'tool', content: 'a' })],
  ['messages.0.name', messages({ ...hi, name: 'jane' })],
  ['messages.0.content', messages({ role: 'user' })],
  ['messages.0.content', messages({ role: 'user', content: '' })],
  ['messages.0.content', messages({ role: 'user', content: [] })],
  ['messages.0.content.0', messages({ role: 'user', content: [null] })],
  ['messages.0.content.0.text', block({ type: 'text' })],
  ['messages.0.content.0.else', block({ type: 'text', text: 'a', else: 1 })],
  ['messages.0.content.0.citations', block({ type: 'text', text: 'a', citations: [{}] })],
  ['messages.0.content.0.cache_control.type', block({ type: 'text', text: 'a', cache_control: {} })],
  ['messages.0.content.0.type', messages(of('user', { type: 'thinking', thinking: '', signature: '' }))],
  ['messages.0.content.0.type', messages(of('user', called('a')))],
  ['messages.1.content.0.type', messages(hi, of('assistant', { type: 'image' }))],
  ['messages.1.content.0.signature', messages(hi, of('assistant', { type: 'thinking', thinking: 'a' }))],
  ['messages.1.content.0.data', messages(hi, of('assistant', { type: 'redacted_thinking', data: '' }))],
  ['messages.0.content.0.source', block({ type: 'image' })],
  ['messages.0.content.0.source.type', block({ type: 'image', source: { type: 'path' } })],
  [
    'messages.0.content.0.source.media_type',
    block({ type: 'image', source: { type: 'base64', media_type: 'image/svg+xml', data: 'aa' } }),
  ],
  [
    'messages.0.content.0.source.data',
    block({
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: 'data:image/png;base64,aa' },
    }),
  ],
  [
    'messages.0.content.0.source.url',
    block({ type: 'image', source: { type: 'url', url: 'file:///etc/passwd' } }),
  ],
  [
    'messages.0.content.0.source.url',
    block({ type: 'image', source: { type: 'url', url: 'http://169.254.169.254/latest/meta-data' } }),
  ],
  ['messages.0.content.0.source.url', block({ type: 'document', source: { type: 'url', url: 'a.pdf' } })],
  [
    'messages.0.content.0.citations.enabled',
    block({
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data: 'a' },
      citations: { enabled: true },
    }),
  ],
  ['messages.0.content.0.tool_use_id', messages(of('user', result('a')))],
  ['messages.1.content.0.id', messages(hi, of('assistant', called('a')))],
  ['messages.1.content.0.id', messages(hi, of('assistant', called('a')), hi)],
  [
    'messages.1.content.1.id',
    messages(hi, of('assistant', called('a'), called('b')), of('user', result('a'))),
  ],
  [
    'messages.1.content.1.id',
    messages(hi, of('assistant', called('a'), called('a')), of('user', result('a'))),
  ],
  [
    'messages.3.content.0.id',
    messages(
      hi,
      of('assistant', called('a')),
      of('user', result('a')),
      of('assistant', called('a')),
      of('user', result('a')),
    ),
  ],
  [
    'messages.2.content.1.tool_use_id',
    messages(hi, of('assistant', called('a')), of('user', result('a'), result('a'))),
  ],
  [
    'messages.4.content.0.tool_use_id',
    messages(
      hi,
      of('assistant', called('a')),
      of('user', result('a')),
      { role: 'assistant', content: 'b' },
      of('user', result('a')),
    ),
  ],
  [
    'messages.2.content.1',
    messages(hi, of('assistant', called('a')), of('user', { type: 'text', text: 'b' }, result('a'))),
  ],
  [
    'messages.1.content.0.input',
    messages(hi, of('assistant', called('a', { input: '{}' })), of('user', result('a'))),
  ],
  [
    'messages.1.content.0.input',
    messages(hi, of('assistant', called('a', { input: [] })), of('user', result('a'))),
  ],
  [
    'messages.1.content.0.name',
    messages(hi, of('assistant', called('a', { name: 'no spaces' })), of('user', result('a'))),
  ],
  [
    'messages.1.content.0.caller.type',
    messages(hi, of('assistant', called('a', { caller: { type: 'server' } })), of('user', result('a'))),
  ],
  [
    'messages.2.content.0.content.0.type',
    messages(hi, of('assistant', called('a')), of('user', { ...result('a'), content: [called('b')] })),
  ],
  ['system', { system: 1 }],
  ['system.0.type', { system: [{ type: 'image' }] }],
  ['tools', { tools: {} }],
  ['tools.0.name', { tools: [{ ...look, name: 'a'.repeat(129) }] }],
  ['tools.1.name', { tools: [look, look] }],
  ['tools.0.input_schema', { tools: [{ name: 'look' }] }],
  ['tools.0.input_examples', { tools: [{ ...look, input_examples: [{}] }] }],
  ['tools.0.defer_loading', { tools: [{ ...look, defer_loading: true }] }],
  ['tools.0.allowed_callers.0', { tools: [{ ...look, allowed_callers: ['code_execution_20250825'] }] }],
  ['tool_choice', { tool_choice: { type: 'any' } }],
  ['tool_choice.type', { tool_choice: { type: 'required' }, tools: [look] }],
  ['tool_choice.name', { tool_choice: { type: 'tool', name: 'other' }, tools: [look] }],
  ['thinking.type', { thinking: { type: 'between_tools' } }],
  ['thinking.budget_tokens', { thinking: { type: 'enabled', budget_tokens: 1023 } }],
  ['thinking.display', { thinking: { type: 'adaptive', display: 'omitted' } }],
  ['output_config.effort', { output_config: { effort: 'minimal' } }],
  ['output_config.format.schema', { output_config: { format: { type: 'json_schema' } } }],
  ['output_config.task_budget', { output_config: { task_budget: {} } }],
  [
    'output_format',
    {
      output_config: { format: { type: 'json_schema', schema: {} } },
      output_format: { type: 'json_schema', schema: {} },
    },
  ],
  ['cache_control.ttl', { cache_control: { type: 'ephemeral', ttl: '2h' } }],
];

/** Rejected as not supported, with the path that the error names. */
const unsupported: [path: string, json: object][] = [
  ['container', { container: 'c' }],
  ['mcp_servers', { mcp_servers: [{ type: 'url' }] }],
  ['speed', { speed: 'fast' }],
  ['service_tier', { service_tier: 'priority' }],
  ['inference_geo', { inference_geo: 'eu' }],
  ['n', { n: 1 }],
  ['__proto__.a', { ['__proto__.a']: 1 }],
  ['context_management', { context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } }],
  ['context_management', { context_management: { edits: [{ type: 'clear_thinking_20251015' }] } }],
  ['tools.0.type', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
  ['tools.1.type', { tools: [look, { type: 'bash_20250124', name: 'bash' }] }],
  ['messages.0.content.0.type', block({ type: 'search_result', source: 'a', title: 'b', content: [] })],
  ['messages.0.content.0.type', block({ type: 'container_upload', file_id: 'a' })],
  ['messages.1.content.0.type', messages(hi, of('assistant', { type: 'server_tool_use' }))],
  ['messages.0.content.0.source.type', block({ type: 'image', source: { type: 'file', file_id: 'a' } })],
  ['messages.0.content.0.content.0.type', block({ ...result('a'), content: [{ type: 'tool_reference' }] })],
];

/** Tests of the errors of the Anthropic-compatible API. */
export function messageErrorsSuite(engine: OpenedEngine): void {
  const opened = async (options: TestApiOptions = {}) => {
    const api = testApi(engine(), options);
    return { api, auth: (await newAccount(api)).auth };
  };
  const shape = ['type', 'message', 'code', 'details'];

  describe('a message of the Anthropic-compatible API that fails', () => {
    test('is rejected with the path of what is wrong, and costs nothing', async () => {
      const model = modelYielding(text('Hi'), finish);
      const { api, auth } = await opened({ models: [model] });
      const all = [
        ...invalid.map((one) => [...one, 'invalid_input'] as const),
        ...unsupported.map((one) => [...one, 'unsupported_parameter'] as const),
      ];
      for (const [path, json, code] of all) {
        const response = await createMessage(api, auth, { json });
        const request = JSON.stringify(json).slice(0, 300);
        expect(response.status, `${request}: ${response.text}`).toBe(400);
        const { type, message, ...error } = messageErrorIn(response);
        expect(String(message).split(': ')[0], request).toBe(path);
        expect([type, error['code']], request).toEqual(['invalid_request_error', code]);
        expect(response.body).toMatchObject({
          type: 'error',
          error: { details: { error_code: code } },
          request_id: response.headers.get('request-id'),
        });
        expect(response.headers.get('X-Should-Retry')).toBe('false');
      }
      expect(model.requests).toEqual([]);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toEqual([]);
    });

    test('is rejected without the version of the API, by the name of the header', async () => {
      const { api, auth } = await opened();
      for (const path of ['/v1/messages', countPath]) {
        const response = await ask(api, 'POST', path, { json: minimalBody, headers: { 'x-api-key': auth } });
        expect(response.status).toBe(400);
        expect(messageErrorIn(response)['message']).toContain('anthropic-version: ');
      }
      for (const anthropicVersion of ['2023-06-01', '2026-10-21']) {
        const headers = { 'anthropic-version': anthropicVersion, 'anthropic-beta': 'a-2025-01-01,b' };
        const response = await createMessage(api, auth, { headers, path: '/v1/messages?beta=true' });
        expect(response.status).toBe(200);
      }
    });

    test('is not rejected for what an earlier reply contains, and an empty one', async () => {
      const { api, auth } = await opened({ models: [modelYielding(text('Hi'), finish)] });
      const json = messages(
        hi,
        { role: 'assistant', content: [] },
        { role: 'assistant', content: '' },
        hi,
        of(
          'assistant',
          { type: 'text', text: '', citations: null },
          called('a', { caller: { type: 'direct' } }),
        ),
        of('user', { type: 'tool_result', tool_use_id: 'a' }),
        { role: 'system', content: 'Be brief.' },
        hi,
      );
      const response = await createMessage(api, auth, { json });
      expect(response.status, response.text).toBe(200);
    });

    test.each([
      ['content_filtered', 400, 'invalid_request_error'],
      ['context_length_exceeded', 400, 'invalid_request_error'],
      ['unsupported_parameter', 400, 'invalid_request_error'],
      ['provider_busy', 429, 'rate_limit_error'],
      ['provider_failed', 502, 'api_error'],
      ['provider_timeout', 504, 'timeout_error'],
    ] as const)('at its provider with %s is %s %s', async (code, status, type) => {
      const model = modelThat(() => {
        throw new DomainError(code, 'The provider rejects it.');
      });
      const { api, auth } = await opened({ models: [{ ...model, retries: 0 }] });
      for (const json of [{}, { stream: true }]) {
        const response = await createMessage(api, auth, { json });
        expect(response.status).toBe(status);
        expect(messageErrorIn(response)).toMatchObject({ type, code, message: 'The provider rejects it.' });
        expect(Object.keys(messageErrorIn(response))).toEqual(shape);
        expect(response.headers.get('X-Should-Retry')).toBe(status < 429 ? 'false' : null);
        expect(response.headers.get('Retry-After')).toBe(status === 429 ? '1' : null);
      }
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
    });

    test('because the balance is too low is 402 billing_error with the tokens', async () => {
      const { api, auth } = await opened({ policy: { startingCredits: 99 } });
      for (const json of [{}, { stream: true }]) {
        const response = await createMessage(api, auth, { json });
        expect(response.status).toBe(402);
        expect(response.headers.get('X-Should-Retry')).toBe('false');
        expect(messageErrorIn(response)).toMatchObject({
          ...{ type: 'billing_error', code: 'insufficient_tokens' },
          ...{ remaining_tokens: 99, required_tokens: 100 },
        });
      }
      // Counting costs nothing.
      expect((await createMessage(api, auth, { path: countPath })).body).toEqual({ input_tokens: 1 });
    });

    test('because a cap is reached is 402 billing_error with the cap', async () => {
      const { api, auth } = await opened();
      const cap = { scope: 'account', window: 'day', limit: 50 };
      expect((await ask(api, 'POST', '/api/me/caps/', { auth, json: cap })).status).toBe(201);
      const response = await createMessage(api, auth);
      expect(response.status).toBe(402);
      expect(messageErrorIn(response)).toMatchObject({
        type: 'billing_error',
        code: 'cap_reached',
        cap: { left: 50 },
      });
    });

    test('with a body or an account that is not accepted has the shape of Anthropic', async () => {
      const { api, auth } = await opened({ policy: { requireVerifiedEmail: true } });
      const headers = { ...version, 'x-api-key': auth, 'Content-Type': 'application/json' };
      const post = (raw: string | Blob, more: Record<string, string> = headers) =>
        ask(api, 'POST', '/v1/messages', { raw, headers: more });
      const noType = { ...version, 'x-api-key': auth };
      const responses = [
        [403, 'permission_error', 'email_not_verified', await createMessage(api, auth)],
        [401, 'authentication_error', 'unauthenticated', await createMessage(api, 'mck_unknown')],
        [401, 'authentication_error', 'unauthenticated', await ask(api, 'POST', '/v1/messages')],
        [
          401,
          'authentication_error',
          'unauthenticated',
          await ask(api, 'GET', '/v1/models', { headers: version }),
        ],
        [
          404,
          'not_found_error',
          'model_not_found',
          await createMessage(api, auth, { path: countPath, json: { model: 'none' } }),
        ],
        [404, 'not_found_error', 'not_found', await ask(api, 'POST', '/v1/messages/batches')],
        [404, 'not_found_error', 'not_found', await ask(api, 'GET', '/v1/files', { headers: version })],
        [405, 'invalid_request_error', 'method_not_allowed', await ask(api, 'GET', '/v1/messages')],
        [400, 'invalid_request_error', 'malformed_body', await post('{')],
        [413, 'request_too_large', 'body_too_large', await post(' '.repeat(4 * 1024 * 1024 + 1))],
        [415, 'invalid_request_error', 'unsupported_media_type', await post(new Blob(['{}']), noType)],
      ] as const;
      for (const [status, type, code, response] of responses) {
        expect([response.status, messageErrorIn(response)['type'], messageErrorIn(response)['code']]).toEqual(
          [status, type, code],
        );
        expect(Object.keys(response.body)).toEqual(['type', 'error', 'request_id']);
        expect(response.headers.get('request-id')).toBe(response.body['request_id']);
        expect(response.headers.get('X-Should-Retry')).toBe('false');
      }
    });

    test('with an unknown model is 404, and with one that its key may not use 403, counted as well', async () => {
      const other = { ...modelYielding(text('Hi'), finish), name: 'other' };
      const { api, auth } = await opened({ models: [testOffer(echoModel()), other] });
      const created = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'a', models: ['echo'] } });
      const key = created.body['key'] as string;
      for (const path of ['/v1/messages', countPath]) {
        const unknown = await createMessage(api, auth, { path, json: { model: 'none' } });
        expect([unknown.status, messageErrorIn(unknown)['code']]).toEqual([404, 'model_not_found']);
        const denied = await createMessage(api, key, { path, json: { model: 'other' } });
        expect([denied.status, messageErrorIn(denied)['code']]).toEqual([403, 'model_not_allowed']);
        const unable = await createMessage(api, key, {
          path,
          json: { tools: [look] },
        });
        expect([unable.status, messageErrorIn(unable)['code']]).toEqual([400, 'unsupported_parameter']);
        expect(messageErrorIn(unable)['message']).toContain('tools: ');
      }
    });

    test('because of its rate limit is 429; counting has a limit of its own', async () => {
      const limit = { max: 1, windowMs: 60_000 };
      const limits = { ...noLimits, chatsByUser: limit, inputCountsByUser: { ...limit, max: 2 } };
      const { api, auth } = await opened({ policy: { limits } });
      expect((await createMessage(api, auth)).status).toBe(200);
      const statuses = [];
      for (const path of ['/v1/messages', countPath, countPath, countPath]) {
        const response = await createMessage(api, auth, { path });
        statuses.push(response.status);
        if (response.status !== 429) continue;
        expect(messageErrorIn(response)).toMatchObject({ type: 'rate_limit_error', code: 'rate_limited' });
        expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
      }
      expect(statuses).toEqual([429, 200, 200, 429]);
    });

    test('with the key of an exchange that was erased is 404', async () => {
      const { api, auth } = await opened();
      const sent = await ask(api, 'POST', '/api/chat/', {
        auth,
        json: { message: 'Hi' },
        headers: { 'Idempotency-Key': 'k' },
      });
      const id = sent.body['conversation_id'] as string;
      expect((await ask(api, 'DELETE', `/api/conversations/${id}/`, { auth })).status).toBe(204);
      const response = await createMessage(api, auth, { key: 'k' });
      expect([response.status, messageErrorIn(response)['type']]).toEqual([404, 'not_found_error']);
    });

    test('with very many or very long parts gets a short error quickly', async () => {
      const { api, auth } = await opened();
      const blocks = Array.from({ length: 50_000 }, () => ({ type: 'server_tool_use' }));
      const calls = Array.from({ length: 20_000 }, (_, index) => called(`c${index}`));
      const bodies = [
        messages(of('assistant', ...blocks)),
        messages(hi, of('assistant', ...calls)),
        { ['é'.repeat(200_000)]: 1 },
        messages(...Array.from({ length: 100_000 }, () => null)),
      ];
      for (const json of bodies) {
        const tookMs = await cpuTimeMs(async () => {
          const response = await createMessage(api, auth, { json });
          expect(response.status).toBe(400);
          expect(response.text.length).toBeLessThan(1500);
        });
        expect(tookMs).toBeLessThan(3000);
      }
    });

    test('with __proto__ sets nothing, and inputs and schemas with it reach the model unchanged', async () => {
      const model = modelYielding(text('Hi'), finish);
      const { api, auth } = await opened({ models: [model] });
      const input = '{"__proto__":{"a":1},"constructor":2}';
      const raw = JSON.stringify({
        ...minimalBody,
        tools: [{ ...look, name: '__proto__' }],
        ...messages(hi, of('assistant', called('__proto__', { input: 0 })), of('user', result('__proto__'))),
      }).replace('"input":0', `"input":${input}`);
      expect((await createMessage(api, auth, { raw })).status).toBe(200);
      expect(model.requests[0]?.messages[1]).toMatchObject({
        parts: [{ id: '__proto__', arguments: input }],
      });
      const rejected = await createMessage(api, auth, { raw: raw.replace('{', '{"__proto__":{},') });
      expect([rejected.status, String(messageErrorIn(rejected)['message'])]).toEqual([
        400,
        '__proto__: Is not supported.',
      ]);
    });
  });
}
