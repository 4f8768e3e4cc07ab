import { describe, expect, test } from 'vitest';
import { echoModel } from '../../../../src/adapters/ai/echo.js';
import { connectModel } from '../../../../src/adapters/ai/providers.js';
import { testOffer } from '../../../domain/chat/test-offer.js';
import { cpuTimeMs } from '../../../cpu-time.js';
import { DomainError } from '../../../../src/domain/errors.js';
import type { OpenedEngine } from '../api-suites.js';
import { complete, errorIn } from '../completions.js';
import { ask, balance, exchanges, newAccount } from '../requests.js';
import { testApi, type TestApiOptions } from '../test-api.js';
import { finish, modelThat, modelYielding, text } from '../test-models.js';

const user = { role: 'user', content: 'Hi' };
const call = { id: 'c', type: 'function', function: { name: 'look', arguments: '{}' } };
const tool = (definition: object) => [{ type: 'function', function: { name: 'look', ...definition } }];

const withPart = (part: object) => ({
  messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }, part] }],
});
const withImage = (url: string) => withPart({ type: 'image_url', image_url: { url } });

/** Rejected requests, with the parameter that the error names. */
const rejected: [param: string, json: object][] = [
  ['n', { n: 2 }],
  ['logprobs', { logprobs: true }],
  ['top_logprobs', { top_logprobs: 3 }],
  ['logit_bias', { logit_bias: { '50256': -100 } }],
  ['response_format.type', { response_format: { type: 'xml' } }],
  ['response_format.json_schema', { response_format: { type: 'json_schema' } }],
  [
    'response_format.json_schema.schema',
    { response_format: { type: 'json_schema', json_schema: { name: 'a' } } },
  ],
  [
    'response_format.json_schema.name',
    { response_format: { type: 'json_schema', json_schema: { name: 'no spaces', schema: {} } } },
  ],
  ['response_format.grammar', { response_format: { type: 'json_object', grammar: 'x' } }],
  ['functions', { functions: [{ name: 'look' }] }],
  ['function_call', { function_call: 'auto' }],
  ['audio', { audio: { voice: 'alloy', format: 'mp3' } }],
  ['modalities', { modalities: ['text', 'audio'] }],
  ['store', { store: true }],
  ['parallel_tool_calls', { parallel_tool_calls: 'no' }],
  ['service_tier', { service_tier: 'flex' }],
  ['reasoning_effort', { reasoning_effort: 'extreme' }],
  ['verbosity', { verbosity: 'chatty' }],
  ['moderation', { moderation: { model: 'omni' } }],
  ['prediction', { prediction: { type: 'content', content: 'a' } }],
  ['web_search_options', { web_search_options: {} }],
  ['conversation_id', { conversation_id: '0190cafe-0000-7000-8000-000000000000' }],
  ['stream_options.include_obfuscation', { stream: true, stream_options: { include_obfuscation: true } }],
  ['stream_options.else', { stream: true, stream_options: { else: 1 } }],
  ['stream', { stream: 'yes' }],
  ['model', { model: null }],
  ['model', { model: 'none' }],
  ['messages', { messages: null }],
  ['messages', { messages: 'Hi' }],
  ['messages', { messages: [] }],
  ['messages', { messages: [{ role: 'user', content: 'a'.repeat(32_001) }] }],
  ['messages[0]', { messages: [null] }],
  ['messages[1].role', { messages: [user, { role: 'function', name: 'a', content: 'b' }] }],
  ['messages[0].role', { messages: [{ content: 'Hi' }] }],
  ['messages[0].name', { messages: [{ ...user, name: 'jane doe' }] }],
  ['messages[0].name', { messages: [{ ...user, name: '' }] }],
  ['messages[0].content', { messages: [{ role: 'user' }] }],
  ['messages[0].content', { messages: [{ role: 'user', content: { text: 'Hi' } }] }],
  ['messages[0].content[1].image_url.url', withPart({ type: 'image_url', image_url: {} })],
  ['messages[0].content[1].image_url', withPart({ type: 'image_url', image_url: 'https://a.example/b.png' })],
  ['messages[0].content[1].image_url.url', withImage('http://a.example/b.png')],
  ['messages[0].content[1].image_url.url', withImage('file:///etc/passwd')],
  ['messages[0].content[1].image_url.url', withImage('data:image/png,abc')],
  [
    'messages[0].content[1].image_url.detail',
    withPart({ type: 'image_url', image_url: { url: 'https://a.example/b.png', detail: 'full' } }),
  ],
  [
    'messages[0].content[1].type',
    withPart({ type: 'input_audio', input_audio: { data: '', format: 'mp3' } }),
  ],
  ['messages[0].content[1].file.file_data', withPart({ type: 'file', file: {} })],
  [
    'messages[0].content[1].file.file_id',
    withPart({ type: 'file', file: { file_id: 'file-1', file_data: 'data:application/pdf;base64,AAAA' } }),
  ],
  ['messages[0].content[0].type', { messages: [{ role: 'system', content: [{ type: 'image_url' }] }] }],
  ['messages[0].content[0].text', { messages: [{ role: 'user', content: [{ type: 'text' }] }] }],
  [
    'messages[0].content[0].cache_control',
    { messages: [{ role: 'user', content: [{ type: 'text', text: 'a', cache_control: {} }] }] },
  ],
  ['messages[1].content', { messages: [user, { role: 'assistant' }] }],
  ['messages[1].annotations', { messages: [user, { role: 'assistant', content: '', annotations: [1] }] }],
  [
    'messages[1].reasoning_content',
    { messages: [user, { role: 'assistant', content: '', reasoning_content: 1 }] },
  ],
  ['messages[1].refusal', { messages: [user, { role: 'assistant', content: '', refusal: 'No.' }] }],
  ['messages[1].audio', { messages: [user, { role: 'assistant', content: '', audio: { id: 'a' } }] }],
  [
    'messages[1].function_call',
    { messages: [user, { role: 'assistant', content: '', function_call: { name: 'a' } }] },
  ],
  [
    'messages[1].tool_calls[0].type',
    { messages: [user, { role: 'assistant', tool_calls: [{ ...call, type: 'custom' }] }] },
  ],
  [
    'messages[1].tool_calls[0].function.arguments',
    {
      messages: [
        user,
        { role: 'assistant', tool_calls: [{ ...call, function: { name: 'look', arguments: {} } }] },
      ],
    },
  ],
  ['messages[1].tool_call_id', { messages: [user, { role: 'tool', content: 'a', tool_call_id: 'c' }] }],
  [
    'messages[1].tool_call_id',
    {
      messages: [
        user,
        { role: 'tool', content: 'a', tool_call_id: 'c' },
        { role: 'assistant', tool_calls: [call] },
      ],
    },
  ],
  ['tools', { tools: {} }],
  ['tools[0].type', { tools: [{ type: 'custom', custom: { name: 'a' } }] }],
  ['tools[0].function.name', { tools: tool({ name: 'no spaces' }) }],
  ['tools[0].function.name', { tools: tool({ name: '__proto__'.repeat(8) }) }],
  ['tools[1].function.name', { tools: [...tool({}), ...tool({})] }],
  ['tools[0].function.parameters', { tools: tool({ parameters: [] }) }],
  ['tools', { tools: Array.from({ length: 129 }, (_, index) => tool({ name: `t${index}` })[0]) }],
  ['tool_choice', { tool_choice: 'required' }],
  ['tool_choice', { tool_choice: 'any', tools: tool({}) }],
  ['tool_choice', { tool_choice: { type: 'function', function: { name: 'other' } }, tools: tool({}) }],
  ['tool_choice.type', { tool_choice: { type: 'allowed_tools', allowed_tools: {} }, tools: tool({}) }],
  ['temperature', { temperature: 2.1 }],
  ['temperature', { temperature: 'NaN' }],
  ['top_p', { top_p: -1 }],
  ['presence_penalty', { presence_penalty: 3 }],
  ['frequency_penalty', { frequency_penalty: '1' }],
  ['seed', { seed: 0.5 }],
  ['seed', { seed: 2 ** 53 }],
  ['stop', { stop: ['a', 'b', 'c', 'd', 'e'] }],
  ['stop[0]', { stop: [1] }],
  ['stop', { stop: '' }],
  ['stop[1]', { stop: ['a', ''] }],
  ['max_tokens', { max_tokens: 0 }],
  ['max_tokens', { max_tokens: 5, max_completion_tokens: 6 }],
  ['max_completion_tokens', { max_completion_tokens: 1.5 }],
];

/** Parameters that are accepted and ignored. */
const ignored = {
  ...{ n: 1, logprobs: false, store: false, parallel_tool_calls: true, service_tier: 'auto', logit_bias: {} },
  ...{ modalities: ['text'], response_format: { type: 'text' }, stream: false, stream_options: null },
  ...{ user: 'jane', metadata: { a: 'b' }, safety_identifier: 'x', prompt_cache_key: 'y', audio: null },
  ...{ functions: null, reasoning_effort: null, tools: [], tool_choice: 'auto', max_tokens: 9 },
  ...{ top_logprobs: 0, verbosity: 'medium', prompt_cache_retention: '24h' },
  ...{ prompt_cache_options: { mode: 'implicit' } },
};

/** Tests of the errors of the OpenAI-compatible API. */
export function completionErrorsSuite(engine: OpenedEngine): void {
  const opened = async (options: TestApiOptions = {}) => {
    const api = testApi(engine(), options);
    return { api, auth: (await newAccount(api)).auth };
  };

  describe('a completion that fails', () => {
    test('is rejected with the name of the parameter, and costs nothing', async () => {
      const model = modelYielding(text('Hi'), finish);
      const { api, auth } = await opened({ models: [model] });
      for (const [param, json] of rejected) {
        const response = await complete(api, auth, { json });
        const request = JSON.stringify(json).slice(0, 200);
        expect(errorIn(response)['param'], `${request}: ${response.text}`).toBe(param);
        expect(response.status, request).toBe(
          param === 'model' && 'none' === (json as { model?: unknown }).model ? 404 : 400,
        );
        expect(Object.keys(errorIn(response))).toEqual(['message', 'type', 'param', 'code']);
        expect(response.headers.get('X-Should-Retry')).toBe('false');
      }
      expect(model.requests).toEqual([]);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toEqual([]);
    });

    test('but not because of parameters that do not change the reply', async () => {
      const { api, auth } = await opened();
      const response = await complete(api, auth, { json: ignored });
      expect(response.status, response.text).toBe(200);
    });

    test('is rejected if the model does not support a parameter: echo supports sampling and no tools', async () => {
      const { api, auth } = await opened({ models: [testOffer(echoModel())] });
      const sampling = {
        temperature: 2,
        top_p: 1,
        seed: 1,
        stop: ['Hi'],
        presence_penalty: 1,
        frequency_penalty: 1,
      };
      expect((await complete(api, auth, { json: sampling })).status).toBe(200);
      const toolsRejected = await complete(api, auth, { json: { tools: tool({}) } });
      expect(toolsRejected.status).toBe(400);
      expect(errorIn(toolsRejected)).toMatchObject({ param: 'tools', code: 'unsupported_parameter' });
      const connection = {
        provider: 'anthropic',
        baseUrl: 'http://127.0.0.1:1',
        apiKey: 'x',
        upstream: 'x',
      } as const;
      const other = await opened({ models: [testOffer(connectModel(connection))] });
      const seeded = await complete(other.api, other.auth, { json: { seed: 1, frequency_penalty: 1 } });
      expect(seeded.status).toBe(400);
      expect(errorIn(seeded)).toMatchObject({ param: 'seed', code: 'unsupported_parameter' });
      expect(errorIn(seeded)['message']).toContain('frequency_penalty');
      const anyJson = await complete(other.api, other.auth, {
        json: { response_format: { type: 'json_object' } },
      });
      expect([anyJson.status, errorIn(anyJson)['param']]).toEqual([400, 'response_format']);
      const loose = await opened({ models: [testOffer({ ...echoModel(), unsupported: ['strictTools'] })] });
      const strict = await complete(loose.api, loose.auth, { json: { tools: tool({ strict: true }) } });
      expect([strict.status, errorIn(strict)['param']]).toEqual([400, 'tools[].function.strict']);
    });

    test('is rejected if a value is too high for the model, before credits are held', async () => {
      const model = modelYielding(text('Hi'), finish);
      const limited = { ...model, model: { ...model.model, limits: { temperature: 1, topP: 0.9 } } };
      const { api, auth } = await opened({ models: [limited] });
      const response = await complete(api, auth, { json: { temperature: 1.5, top_p: 0.95 } });
      expect(response.status).toBe(400);
      expect(response.headers.get('X-Should-Retry')).toBe('false');
      expect(errorIn(response)).toMatchObject({
        ...{ param: 'temperature', code: 'unsupported_parameter' },
        message: 'temperature: Must be at most 1 for this model. top_p: Must be at most 0.9 for this model.',
      });
      expect((await complete(api, auth, { json: { temperature: 1, top_p: 0.9 } })).status).toBe(200);
      expect(model.requests).toHaveLength(1);
      expect(await exchanges(api, auth)).toHaveLength(1);
    });

    test.each([
      ['context_length_exceeded', 'messages', 400],
      ['unsupported_parameter', null, 400],
      ['content_filtered', null, 400],
    ] as const)(
      'at its provider with %s has the same code in the format of OpenAI',
      async (code, param, status) => {
        const model = modelThat(() => {
          throw new DomainError(code, 'The provider rejects it.');
        });
        const { api, auth } = await opened({ models: [model] });
        for (const json of [{}, { stream: true }]) {
          const response = await complete(api, auth, { json });
          expect(response.status).toBe(status);
          expect(response.headers.get('X-Should-Retry')).toBe('false');
          expect(errorIn(response)).toEqual({
            ...{ message: 'The provider rejects it.', type: 'invalid_request_error', param, code },
          });
        }
      },
    );

    test('is rejected if the messages and tools are longer than the context of the model', async () => {
      const model = { ...modelYielding(text('Hi'), finish), contextTokens: 1000 };
      const { api, auth } = await opened({ models: [model] });
      const messages = [{ role: 'system', content: 'a'.repeat(2998) }, user];
      expect((await complete(api, auth, { json: { messages } })).status).toBe(200);
      for (const json of [
        { messages: [{ role: 'system', content: 'a'.repeat(2999) }, user] },
        { messages, tools: tool({}) },
      ]) {
        const response = await complete(api, auth, { json });
        expect(response.status).toBe(400);
        expect(errorIn(response)).toMatchObject({ param: 'messages', code: 'context_length_exceeded' });
      }
    });

    test('because the balance is too low is 402 with the remaining and the required tokens', async () => {
      const { api, auth } = await opened({ policy: { startingCredits: 99 } });
      for (const json of [{}, { stream: true }]) {
        const response = await complete(api, auth, { json });
        expect(response.status).toBe(402);
        expect(response.headers.get('X-Should-Retry')).toBe('false');
        expect(errorIn(response)).toMatchObject({
          ...{ code: 'insufficient_tokens', type: 'insufficient_quota', param: null },
          ...{ remaining_tokens: 99, required_tokens: 100 },
        });
      }
    });

    test('because the email is not verified is 403, and because the key is wrong 401', async () => {
      const { api, auth } = await opened({ policy: { requireVerifiedEmail: true } });
      const unverified = await complete(api, auth);
      expect([unverified.status, errorIn(unverified)['code']]).toEqual([403, 'email_not_verified']);
      const unknownKey = await complete(api, 'mck_unknown');
      expect([unknownKey.status, errorIn(unknownKey)['code']]).toEqual([401, 'invalid_api_key']);
      expect(unknownKey.headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
      for (const { headers } of [unverified, unknownKey]) expect(headers.get('X-Should-Retry')).toBe('false');
    });

    test('has the error format of OpenAI at every path below /v1, and at no other', async () => {
      const { api, auth } = await opened();
      const json = { 'Content-Type': 'application/json' };
      const post = (raw: string | Blob, headers: Record<string, string> = json) =>
        ask(api, 'POST', '/v1/chat/completions/', { auth, raw, headers });
      const responses = [
        [404, 'not_found', await ask(api, 'GET', '/v1')],
        [404, 'not_found', await ask(api, 'GET', '/v1/nothing/here')],
        [404, 'not_found', await ask(api, 'POST', '/v1/embeddings', { auth, json: {} })],
        [404, 'model_not_found', await ask(api, 'GET', '/v1/models/none', { auth })],
        [405, 'method_not_allowed', await ask(api, 'DELETE', '/v1/models', { auth })],
        [400, 'malformed_body', await post('{')],
        [400, 'malformed_body', await post('['.repeat(100_000))],
        [400, 'malformed_url', await ask(api, 'GET', '/v1/models/%FF', { auth })],
        [413, 'body_too_large', await post(' '.repeat(4 * 1024 * 1024 + 1))],
        [415, 'unsupported_media_type', await post(new Blob(['{}']), {})],
      ] as const;
      for (const [status, code, response] of responses) {
        expect([response.status, response.text.includes(code)], response.text).toEqual([status, true]);
        expect(response.headers.get('Content-Type')).toBe('application/json');
        expect(Object.keys(response.body)).toEqual(['error']);
        expect(Object.keys(errorIn(response))).toEqual(['message', 'type', 'param', 'code']);
        expect(response.headers.get('X-Should-Retry')).toBe('false');
      }
      const elsewhere = await ask(api, 'GET', '/v10/models');
      expect(elsewhere.headers.get('Content-Type')).toBe('application/problem+json');
      expect(elsewhere.headers.get('X-Should-Retry')).toBeNull();
    });

    test('is marked as not to be retried if its provider would fail again', async () => {
      for (const retryable of [true, false]) {
        const model = modelThat(() => {
          throw new DomainError('provider_failed', 'Rejected.', { retryable });
        });
        const { api, auth } = await opened({ models: [model] });
        const response = await complete(api, auth);
        expect([response.status, errorIn(response)['code']]).toEqual([502, 'provider_failed']);
        expect(response.headers.get('X-Should-Retry')).toBe(retryable ? null : 'false');
      }
    });

    test('because of an internal error is a 500 that contains only the request id', async () => {
      const { stores, ...others } = engine();
      const broken = { ...stores.holdLedger, reserve: () => Promise.reject(new Error('the inner workings')) };
      const api = testApi({ ...others, stores: { ...stores, holdLedger: broken } });
      const { auth } = await newAccount(api);
      const response = await complete(api, auth);
      expect(response.status).toBe(500);
      expect(errorIn(response)).toMatchObject({ type: 'server_error', code: 'internal_error', param: null });
      expect(errorIn(response)['request_id']).toBe(response.headers.get('X-Request-Id'));
      expect(response.text).not.toContain('inner workings');
    });
  });

  describe('a hostile completion', () => {
    test.each([
      ['NUL in a message', '{"role":"user","content":"a\\u0000b"}', 'messages[0].content'],
      [
        'half a character in a part',
        '{"role":"user","content":[{"type":"text","text":"\\ud800"}]}',
        'messages[0].content[0].text',
      ],
      [
        'NUL in arguments',
        '{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"a","arguments":"\\u0000"}}]}',
        'messages[0].tool_calls[0].function.arguments',
      ],
      [
        'half a character in the id of a call',
        '{"role":"tool","content":"a","tool_call_id":"\\udc00"}',
        'messages[0].tool_call_id',
      ],
      ['NUL in an unknown name', '{"a\\u0000b":1}', 'body'],
    ])('with %s is rejected with 400', async (_, message, param) => {
      const { api, auth } = await opened();
      const response = await ask(api, 'POST', '/v1/chat/completions', {
        auth,
        raw: `{"model":"echo","messages":[${message}]}`,
        headers: { 'Content-Type': 'application/json' },
      });
      expect([response.status, errorIn(response)['param']]).toEqual([400, param]);
    });

    test('with 2,000 messages is accepted, and with 100,000 invalid ones quickly rejected', async () => {
      const { api, auth } = await opened();
      const many = Array.from({ length: 2000 }, () => user);
      expect((await complete(api, auth, { json: { messages: many } })).status).toBe(200);
      const wrong = Array.from({ length: 100_000 }, () => null);
      const tookMs = await cpuTimeMs(async () => {
        const response = await complete(api, auth, { json: { messages: wrong } });
        expect(response.status).toBe(400);
        expect(response.text.length).toBeLessThan(1000);
      });
      expect(tookMs).toBeLessThan(3000);
    });

    test('with very long names gets a short error', async () => {
      const { api, auth } = await opened();
      const name = 'é'.repeat(200_000);
      for (const json of [{ [name]: 1 }, { messages: [{ ...user, [name]: 1 }] }]) {
        const response = await complete(api, auth, { json });
        expect(response.status).toBe(400);
        expect(response.text.length).toBeLessThan(1000);
      }
    });

    test('with __proto__ sets nothing, and a schema with it reaches the model unchanged', async () => {
      const model = modelYielding(text('Hi'), finish);
      const { api, auth } = await opened({ models: [model] });
      const post = (members: string) =>
        ask(api, 'POST', '/v1/chat/completions', {
          auth,
          raw: `{"model":"echo","messages":[{"role":"user","content":"Hi"}],${members}}`,
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'proto' },
        });
      const protoRejected = await post('"__proto__":{"model":"other"}');
      expect([protoRejected.status, errorIn(protoRejected)['param']]).toEqual([400, '__proto__']);
      const schema = '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{}}}';
      const tools = (parameters: string) =>
        `"tools":[{"type":"function","function":{"name":"constructor","parameters":${parameters}}}]`;
      expect((await post(tools(schema))).status).toBe(200);
      expect(JSON.stringify(model.requests[0]?.tools[0]?.parameters)).toBe(schema);
      expect((await post(tools(schema.replace('string', 'number')))).status).toBe(422);
      expect(({} as Record<string, unknown>)['type']).toBeUndefined();
    });

    test.each(['1e999', '-1e999', '9007199254740993', '1e400', '"Infinity"', 'true', '[]'])(
      'with the number %s in any numeric parameter is rejected',
      async (number) => {
        const { api, auth } = await opened();
        for (const name of ['max_tokens', 'max_completion_tokens', 'temperature', 'top_p', 'seed', 'n']) {
          const response = await ask(api, 'POST', '/v1/chat/completions', {
            auth,
            raw: `{"model":"echo","messages":[{"role":"user","content":"Hi"}],"${name}":${number}}`,
            headers: { 'Content-Type': 'application/json' },
          });
          expect([response.status, errorIn(response)['param']], name).toEqual([400, name]);
        }
      },
    );

    test('that requests more output than the model allows is limited to that of the model', async () => {
      const model = { ...modelYielding(text('Hi'), finish), price: { per1kInput: 0, per1kOutput: 10 } };
      const { api, auth } = await opened({ models: [model] });
      const response = await complete(api, auth, { json: { max_tokens: Number.MAX_SAFE_INTEGER } });
      expect(response.status).toBe(200);
      expect(model.requests[0]?.maxOutputTokens).toBe(100_000);
    });
  });
}
