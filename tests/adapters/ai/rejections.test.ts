import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { connectModel } from '../../../src/adapters/ai/providers.js';
import { isDomainError, type DomainError } from '../../../src/domain/errors.js';
import { secretKey } from './asked.js';
import { connectionTo, gathered, chunksFrom, requestFor } from './gathered.js';
import { misbehavingProvider, sends, type Behaviour } from './misbehaving-provider.js';
import { openAiCompatible, wireFormats, type WireFormat } from './wire-formats.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

const now = new Date('2026-11-29T12:00:00Z');

const responds =
  (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

async function errorFrom(kind: WireFormat['provider'], behaviour: Behaviour): Promise<DomainError> {
  provider.behave(behaviour);
  try {
    await chunksFrom(connectionTo(kind, provider.url), {}, { now: () => now, graceMs: 100 });
  } catch (error) {
    if (isDomainError(error)) return error;
  }
  throw new TypeError('It is no error of ours.');
}

const openAi = (message: string, more: object = {}) => ({
  error: { message, type: 'invalid_request_error', param: null, code: null, ...more },
});
const anthropic = (type: string, message: string) => ({ type: 'error', error: { type, message } });

type Case = [who: string, status: number, body: unknown];

/** From the documentation of the providers, and from what their servers send. */
const tooLong: Case[] = [
  [
    'OpenAI',
    400,
    openAi("This model's maximum context length is 8192 tokens.", {
      code: 'context_length_exceeded',
      param: 'messages',
    }),
  ],
  [
    'Anthropic',
    400,
    anthropic('invalid_request_error', 'prompt is too long: 208310 tokens > 200000 maximum'),
  ],
  [
    'Anthropic, with the limit',
    400,
    anthropic(
      'invalid_request_error',
      'input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000',
    ),
  ],
  ['Anthropic, by its size', 413, anthropic('request_too_large', 'Request exceeds the maximum size')],
  ['a proxy', 413, '<html>413 Request Entity Too Large</html>'],
  [
    'vLLM',
    400,
    {
      object: 'error',
      message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
  ],
  [
    'vLLM, newer',
    400,
    {
      error: {
        message: 'The decoder prompt (length 9000) is longer than the maximum model length of 4096.',
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
    },
  ],
  [
    'llama.cpp',
    400,
    {
      error: {
        code: 400,
        message: 'the request exceeds the available context size',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 5000,
        n_ctx: 4096,
      },
    },
  ],
  [
    'Ollama',
    400,
    {
      error: {
        message: 'prompt too long; exceeded max context length by 5 tokens',
        type: 'api_error',
        param: null,
        code: null,
      },
    },
  ],
  [
    'Gemini',
    400,
    [
      {
        error: {
          code: 400,
          message: 'The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).',
          status: 'INVALID_ARGUMENT',
        },
      },
    ],
  ],
  [
    'xAI',
    400,
    {
      code: 'Client specified an invalid argument',
      error: "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
    },
  ],
  [
    'OpenRouter',
    400,
    {
      error: {
        code: 400,
        message: 'Provider returned error',
        metadata: { raw: 'maximum context length is 4096 tokens' },
      },
    },
  ],
  [
    'TGI',
    422,
    {
      error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4097',
      error_type: 'validation',
    },
  ],
];

const unsupported: [...Case, parameter: string | null][] = [
  [
    'OpenAI, a value',
    400,
    openAi("Unsupported value: 'temperature' does not support 0.5 with this model.", {
      code: 'unsupported_value',
      param: 'temperature',
    }),
    'temperature',
  ],
  [
    'OpenAI, a parameter',
    400,
    openAi("Unsupported parameter: 'top_p'", { code: 'unsupported_parameter', param: 'top_p' }),
    'top_p',
  ],
  [
    'OpenAI, a message',
    400,
    openAi('Missing required parameter', { param: 'messages[1].content' }),
    'messages[1].content',
  ],
  ['OpenAI, without its name', 400, openAi('Unsupported value', { code: 'unsupported_value' }), null],
  ['Anthropic', 400, anthropic('invalid_request_error', 'temperature: range: 0..1'), 'temperature'],
  // https://github.com/ollama/ollama/issues/6027
  [
    'a model of Ollama',
    400,
    {
      error: { message: 'llama2:latest does not support tools', type: 'api_error', param: null, code: null },
    },
    'tools',
  ],
  [
    'Anthropic, below',
    400,
    anthropic('invalid_request_error', 'messages.1.content.0.tool_use.id: String should match pattern'),
    'messages.1.content.0.tool_use.id',
  ],
  [
    'Anthropic, two',
    400,
    anthropic('invalid_request_error', '`temperature` and `top_p` cannot both be specified for this model.'),
    'temperature',
  ],
  [
    'Anthropic, the limit',
    400,
    anthropic('invalid_request_error', 'max_tokens: 50000 > 8192, which is the maximum'),
    'max_tokens',
  ],
  [
    'vLLM',
    400,
    {
      object: 'error',
      message: 'temperature must be non-negative, got -1.0.',
      type: 'BadRequestError',
      code: 400,
    },
    'temperature',
  ],
  [
    'Mistral',
    422,
    {
      object: 'error',
      message: {
        detail: [
          {
            type: 'less_than_equal',
            loc: ['body', 'temperature'],
            msg: 'Input should be less than or equal to 1.5',
          },
        ],
      },
      type: 'invalid_request_error',
    },
    'temperature',
  ],
];

const filtered: Case[] = [
  [
    'Azure',
    400,
    openAi('The response was filtered', {
      code: 'content_filter',
      param: 'prompt',
      innererror: { code: 'ResponsibleAIPolicyViolation' },
    }),
  ],
  [
    'Azure, only inside',
    400,
    openAi('The response was filtered', { innererror: { code: 'ResponsibleAIPolicyViolation' } }),
  ],
  ['OpenAI', 400, openAi('Your request was rejected', { code: 'content_policy_violation' })],
  ['Anthropic', 400, anthropic('invalid_request_error', 'Output blocked by content filtering policy')],
  [
    'DashScope',
    400,
    openAi('Input data may contain inappropriate content.', { code: 'data_inspection_failed' }),
  ],
  ['DeepSeek', 400, openAi('Content Exists Risk')],
];

test.each(tooLong)('a context that is too long for %s is reported to the caller', async (_, status, body) => {
  for (const { provider: kind } of wireFormats) {
    const error = await errorFrom(kind, responds(status, body));
    expect(error.code).toBe('context_length_exceeded');
    expect(error.details.fieldErrors?.['messages']).toHaveLength(1);
  }
});

test.each(unsupported)('a parameter that %s rejects is named', async (_, status, body, parameter) => {
  for (const { provider: kind } of wireFormats) {
    const error = await errorFrom(kind, responds(status, body));
    expect(error.code).toBe('unsupported_parameter');
    expect(Object.keys(error.details.fieldErrors ?? {})).toEqual(parameter === null ? [] : [parameter]);
  }
});

test.each(filtered)(
  'a request that a filter of %s rejects is reported to the caller',
  async (_, status, body) => {
    for (const { provider: kind } of wireFormats) {
      expect((await errorFrom(kind, responds(status, body))).code).toBe('content_filtered');
    }
  },
);

test('the message of the provider is passed on', async () => {
  const said = 'prompt is too long: 208310 tokens > 200000 maximum';
  const error = await errorFrom('anthropic', responds(400, anthropic('invalid_request_error', said)));
  expect(error.message).toContain(said);
});

test.each<[string, number, unknown]>([
  [
    'a key that is wrong',
    401,
    openAi(`Incorrect API key provided: ${secretKey}`, { code: 'invalid_api_key' }),
  ],
  ['an account without money', 402, openAi('a private reason')],
  ['a key that may not', 403, anthropic('permission_error', 'a private reason')],
  [
    'a model that does not exist',
    404,
    openAi('The model `a private name` does not exist', { code: 'model_not_found', param: 'model' }),
  ],
  ['a model that is not valid', 400, openAi('invalid model ID: private', { param: 'model' })],
  [
    'a request that is bad for no reason',
    400,
    anthropic('invalid_request_error', 'Your credit balance is too low: private'),
  ],
  [
    'a key, in words like those of a long context',
    401,
    openAi('private: prompt is too long', { param: 'messages' }),
  ],
  ['a model, in words of a filter', 404, openAi('private', { code: 'content_filter' })],
  ['no JSON', 400, 'a private reason'],
])(
  '%s is for the operator: it is not shown to the caller, and the request is not repeated',
  async (_, status, body) => {
    for (const { provider: kind } of wireFormats) {
      const error = await errorFrom(kind, responds(status, body, { 'Retry-After': '1' }));
      expect(error).toMatchObject({ code: 'provider_failed', details: { retryable: false } });
      expect(error.details.retryAfterSeconds).toBeUndefined();
      expect((error.cause as Error).message).toContain(`status ${status}`);
      expect(inspect(error, { depth: 9 })).not.toMatch(/private|a-very-secret/);
    }
  },
);

describe.each(wireFormats)('a busy provider, $provider,', (wire) => {
  test.each<[Record<string, string>, number | undefined]>([
    [{}, undefined],
    [{ 'Retry-After': '7' }, 7],
    [{ 'Retry-After': '0.5' }, 0.5],
    [{ 'Retry-After': '0' }, 0],
    [{ 'Retry-After': 'Sun, 29 Nov 2026 12:00:42 GMT' }, 42],
    [{ 'Retry-After': 'Sunday, 29-Nov-26 12:00:42 GMT' }, 42],
    [{ 'Retry-After': 'Sun, 29 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'Retry-After': '60', 'retry-after-ms': '1500' }, 1.5],
    [{ 'Retry-After': '60', 'retry-after-ms': 'soon' }, 60],
    [{ 'Retry-After': '-1' }, undefined],
    [{ 'Retry-After': 'soon' }, undefined],
    [{ 'Retry-After': '' }, undefined],
    [{ 'Retry-After': 'Infinity' }, undefined],
    [{ 'Retry-After': '99999999999' }, undefined],
    [{ 'Retry-After': 'Wed, 21 Oct 2037 07:28:00 GMT' }, undefined],
  ])('with %o is asked again in %s seconds', async (headers, seconds) => {
    const busy = await errorFrom(wire.provider, responds(429, openAi('Rate limit reached'), headers));
    expect([busy.code, busy.details.retryAfterSeconds]).toEqual(['provider_busy', seconds]);
    const overloaded = await errorFrom(
      wire.provider,
      responds(529, anthropic('overloaded_error', 'x'), headers),
    );
    expect([overloaded.code, overloaded.details.retryAfterSeconds]).toEqual(['provider_failed', seconds]);
    expect(overloaded.details.retryable).not.toBe(false);
  });

  test('whose account has no money is not asked again', async () => {
    const body = openAi('You exceeded your current quota', {
      code: 'insufficient_quota',
      type: 'insufficient_quota',
    });
    expect(await errorFrom(wire.provider, responds(429, body))).toMatchObject({
      code: 'provider_busy',
      details: { retryable: false },
    });
  });

  test.each<[string, unknown, string]>([
    ['rate_limit_error', anthropic('rate_limit_error', 'x'), 'provider_busy'],
    ['a code of 429', { error: { code: 429, message: 'x' } }, 'provider_busy'],
    ['rate_limit_exceeded', openAi('x', { type: 'requests', code: 'rate_limit_exceeded' }), 'provider_busy'],
    ['overloaded_error', anthropic('overloaded_error', 'Overloaded'), 'provider_failed'],
    [
      'a context too long',
      anthropic('invalid_request_error', 'prompt is too long'),
      'context_length_exceeded',
    ],
    ['a filter', openAi('x', { code: 'content_filter' }), 'content_filtered'],
    ['a parameter', openAi('x', { code: 'unsupported_value', param: 'seed' }), 'unsupported_parameter'],
    ['a key', anthropic('authentication_error', 'a private reason'), 'provider_failed'],
    ['something else', openAi('a private reason', { type: 'server_error' }), 'provider_failed'],
  ])('that reports %s as an event, or as JSON, gives the same error', async (_, body, code) => {
    const event = await errorFrom(wire.provider, sends(`event: error\ndata: ${JSON.stringify(body)}\n\n`));
    expect(event.code).toBe(code);
    expect((await errorFrom(wire.provider, responds(200, body))).code).toBe(code);
    expect(inspect(event, { depth: 9 })).not.toContain('private');
  });

  test('whose error body never ends is not waited for', async () => {
    const error = await errorFrom(wire.provider, (response) => {
      response.writeHead(400);
      response.write('{"error":');
    });
    expect(error).toMatchObject({ code: 'provider_failed', details: { retryable: false } });
    const slow = await errorFrom(wire.provider, async (response) => {
      response.writeHead(413);
      while (!response.destroyed) {
        response.write(' ');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    });
    expect(slow.code).toBe('context_length_exceeded');
    const long = await errorFrom(wire.provider, responds(500, 'x'.repeat(5_000_000)));
    expect(long.code).toBe('provider_failed');
  });
});

test('messages are shortened, and contain neither keys nor addresses', async () => {
  const shown = async (message: string) =>
    (await errorFrom('openai', responds(400, openAi(message, { param: 'messages' })))).message;
  expect(await shown('🦉'.repeat(1000))).toBe(`${'🦉'.repeat(299)}…`);
  expect(await shown('two\nlines\u0007')).toBe('two lines');
  expect(await shown(`key ${secretKey} is wrong`)).toBe('key [redacted] is wrong');
  expect(await shown(`see ${provider.url}/x`)).toBe('see http://[redacted]/v1/x');
  for (const key of [
    'sk-proj-abcDEF123',
    'sk-ant-api03-xyz',
    'AIzaSyA1234567890',
    'gsk_0123456789',
    'eyJhbGciOiJIUzI1NiJ9.e30.abc',
    '0123456789abcdef0123456789abcdef',
    'sk-abcd********************wxyz',
  ]) {
    expect(await shown(`Bearer "${key}", again (${key})`)).toBe('Bearer "[redacted]", again ([redacted])');
  }
  expect(await shown('messages.12.content.0.tool_use.input: Input should be an object')).toContain(
    'tool_use.input',
  );
});

test('a provider that rejects stream_options is asked without them from then on', async () => {
  const wire = openAiCompatible;
  const whole = sends(wire.start, wire.text('Hi'), wire.finish('stop'));
  const model = connectModel(connectionTo('openai-compatible', provider.url));
  provider.behave((response) => {
    const { body } = provider.requests.at(-1) ?? { body: {} };
    return 'stream_options' in body
      ? responds(400, openAi('Unrecognized request argument supplied: stream_options'))(response)
      : whole(response);
  });
  for (const requests of [2, 3]) {
    const chunks = [];
    for await (const chunk of model.reply(requestFor())) chunks.push(chunk);
    expect(gathered(chunks).text).toBe('Hi');
    expect(provider.requests).toHaveLength(requests);
  }
});
