import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings } from '../../src/config/read-settings.js';

const secret = 'sk-a-very-secret-key';

function read(environment: Record<string, string>) {
  const found = readSettings(environment);
  return found.outcome === 'valid'
    ? { models: found.settings.models, problems: [] }
    : { models: null, problems: found.problems };
}

const defaults = {
  price: { perMessage: 100 },
  contextTokens: 32_768,
  maxOutputTokens: 4096,
  system: null,
  firstChunkTimeoutMs: 30_000,
  idleTimeoutMs: 30_000,
  totalTimeoutMs: 300_000,
  maxReplyChars: 200_000,
  retries: 1,
  fallback: null,
  capabilities: [] as string[],
};

describe('one model', () => {
  test('is echo by default', () => {
    const { models } = read({});
    expect(models).toEqual([{ ...defaults, name: 'echo', connection: { provider: 'echo' } }]);
  });

  test('has the name of AI_MODEL and the terms of the settings', () => {
    const { models } = read({
      AI_PROVIDER: 'openai-compatible',
      AI_BASE_URL: 'http://127.0.0.1:11434/v1/',
      AI_MODEL: 'llama3.2:3b',
      AI_FIRST_CHUNK_TIMEOUT: '1s',
      AI_IDLE_TIMEOUT: '2s',
      AI_TOTAL_TIMEOUT: '3s',
      AI_RETRIES: '0',
      MAX_REPLY_CHARS: '5',
      TOKENS_PER_MESSAGE: '7',
    });
    expect(models).toEqual([
      {
        ...defaults,
        name: 'llama3.2:3b',
        connection: {
          provider: 'openai-compatible',
          baseUrl: 'http://127.0.0.1:11434/v1',
          apiKey: null,
          upstream: 'llama3.2:3b',
        },
        capabilities: ['json', 'tools'],
        price: { perMessage: 7 },
        firstChunkTimeoutMs: 1000,
        idleTimeoutMs: 2000,
        totalTimeoutMs: 3000,
        maxReplyChars: 5,
        retries: 0,
      },
    ]);
  });

  test.each(['openai', 'anthropic'])('of %s may have a base URL', (provider) => {
    const given = { AI_PROVIDER: provider, AI_API_KEY: secret, AI_MODEL: 'm' };
    const connection = { provider, apiKey: secret, upstream: 'm' };
    expect(read(given).models).toMatchObject([{ connection: { ...connection, baseUrl: null } }]);
    expect(read({ ...given, AI_BASE_URL: 'https://proxy.example/v1' }).models).toMatchObject([
      { connection: { ...connection, baseUrl: 'https://proxy.example/v1' } },
    ]);
  });

  test.each([
    [
      { AI_PROVIDER: 'openai-compatible' },
      ['AI_BASE_URL is required for openai-compatible', 'AI_MODEL is required for openai-compatible'],
    ],
    [{ AI_PROVIDER: 'openai' }, ['AI_API_KEY is required for openai', 'AI_MODEL is required for openai']],
    [{ AI_PROVIDER: 'anthropic', AI_MODEL: 'm' }, ['AI_API_KEY is required for anthropic']],
    [{ AI_MODEL: 'm' }, ['AI_MODEL requires an AI_PROVIDER other than echo']],
    [{ AI_PROVIDER: 'gpt' }, ['AI_PROVIDER must be one of echo, openai-compatible, openai, anthropic']],
    [{ AI_TOTAL_TIMEOUT: '10m' }, ['HOLD_TTL must exceed AI_TOTAL_TIMEOUT']],
    [{ HOLD_TTL: '5m' }, ['HOLD_TTL must exceed AI_TOTAL_TIMEOUT']],
    [
      { AI_PROVIDER: 'openai', AI_MODEL: 'two words', PORT: 'x', AI_TOTAL_TIMEOUT: '1h' },
      [
        'PORT must be a whole number from 0 to 65535',
        'AI_MODEL must be 1 to 200 characters without spaces',
        'AI_API_KEY is required for openai',
        'HOLD_TTL must exceed AI_TOTAL_TIMEOUT',
      ],
    ],
  ])('%j is rejected, with all problems at once', (environment, problems) => {
    expect(read(environment as Record<string, string>).problems).toEqual(problems);
  });

  test.each([
    'ftp://host/v1',
    'http://me:secret@host/v1',
    'http://host/v1?key=secret',
    'http://host/v1#secret',
    'host/v1',
    'http://',
  ])('at "%s" is rejected, and no secret is repeated', (url) => {
    const { problems } = read({ AI_PROVIDER: 'openai-compatible', AI_BASE_URL: url, AI_MODEL: 'm' });
    expect(problems).toEqual([expect.stringContaining('AI_BASE_URL must be a URL')]);
    expect(problems.join()).not.toContain('secret');
  });

  test('with an API key that no header can contain is rejected, and the key is not repeated', () => {
    const { problems } = read({ AI_PROVIDER: 'openai', AI_API_KEY: 'secret é', AI_MODEL: 'm' });
    expect(problems).toEqual(['AI_API_KEY must be printable ASCII characters without spaces']);
  });
});

describe('a models file', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'models-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function readFile(content: unknown, environment: Record<string, string> = {}) {
    const path = join(folder, 'models.json');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return read({ MODELS_FILE: path, ...environment });
  }

  const small = {
    name: 'small',
    provider: 'openai-compatible',
    base_url: 'http://127.0.0.1:11434/v1',
    upstream: 'llama3.2',
    price: { per_message: 100 },
    fallback: 'echo',
  };
  const large = {
    name: 'large',
    provider: 'anthropic',
    api_key_env: 'ANTHROPIC_API_KEY',
    upstream: 'claude-sonnet-4-5',
    price: { per_1k_input: 30, per_1k_output: 150 },
    max_output_tokens: 4096,
    context_tokens: 200_000,
    system: 'You are helpful.',
    first_piece_timeout: '10s',
    idle_timeout: '20s',
    total_timeout: '5m',
    retries: 2,
  };
  const echo = { name: 'echo', provider: 'echo', price: { per_message: 100 } };
  const key = { ANTHROPIC_API_KEY: secret };

  test('accepts first_piece_timeout as the old name of first_chunk_timeout, but not two values', async () => {
    const named = (terms: object) => ({ models: [{ ...large, first_piece_timeout: undefined, ...terms }] });
    const { models } = await readFile(named({ first_chunk_timeout: '9s' }), key);
    expect(models?.[0]).toMatchObject({ firstChunkTimeoutMs: 9000 });
    const both = await readFile(named({ first_chunk_timeout: '9s', first_piece_timeout: '8s' }), key);
    expect(both.problems).toEqual([
      expect.stringContaining('another first_piece_timeout, which is the old name; remove it'),
    ]);
  });

  test('describes several models, the default one first; the settings are the defaults of their terms', async () => {
    const { models } = await readFile({ default: 'large', models: [small, large, echo] }, key);
    expect(models).toEqual([
      {
        ...defaults,
        name: 'large',
        connection: { provider: 'anthropic', baseUrl: null, apiKey: secret, upstream: 'claude-sonnet-4-5' },
        price: { per1kInput: 30, per1kOutput: 150 },
        contextTokens: 200_000,
        system: 'You are helpful.',
        firstChunkTimeoutMs: 10_000,
        idleTimeoutMs: 20_000,
        retries: 2,
        capabilities: ['images', 'files', 'json', 'tools', 'reasoning'],
      },
      {
        ...defaults,
        name: 'small',
        capabilities: ['json', 'tools'],
        connection: {
          provider: 'openai-compatible',
          baseUrl: 'http://127.0.0.1:11434/v1',
          apiKey: null,
          upstream: 'llama3.2',
        },
        fallback: 'echo',
      },
      { ...defaults, name: 'echo', connection: { provider: 'echo' } },
    ]);
  });

  test('makes the first model the default, and a message cost TOKENS_PER_MESSAGE, unless it says otherwise', async () => {
    const { models } = await readFile(
      { models: [{ name: 'a', provider: 'echo' }, echo] },
      { TOKENS_PER_MESSAGE: '9' },
    );
    expect(models).toMatchObject([{ name: 'a', price: { perMessage: 9 } }, { name: 'echo' }]);
  });

  test.each<[what: string, content: unknown, problems: string[]]>([
    ['no JSON', '{"models": [', ['is not valid JSON']],
    ['no object', '7', ['must be a JSON object']],
    ['nothing', {}, ['models is missing']],
    ['no models', { models: [] }, ['models must have at least one model']],
    [
      'unknown keys, and no known ones',
      { models: [{ api_key: secret, name: 'a', provider: 'gpt' }], defualt: 'a' },
      [
        'models[0].provider must be one of echo, openai-compatible, openai, anthropic',
        'models[0].api_key is not a known key',
        'defualt is not a known key',
      ],
    ],
    [
      'values of the wrong kind',
      {
        default: 7,
        models: [
          {
            name: 'two words',
            provider: 'echo',
            price: { per_message: 1.5 },
            context_tokens: '8',
            max_output_tokens: 0,
            system: 7,
            idle_timeout: '25d',
            total_timeout: 30,
            retries: -1,
            base_url: 'http://me:secret@host/v1',
            api_key_env: 'A-KEY',
          },
          { name: 'a', provider: 'echo', price: { per_1k_input: 1, per_1m_input: 1 } },
          { name: 'b', provider: 'echo', price: { per_message: 1, per_1k_input: 1 } },
          { name: 'c', provider: 'echo', price: { per_token: 1 } },
          7,
        ],
      },
      [
        'default must be a string',
        'models[0].name must be 1 to 200 characters without spaces',
        'models[0].base_url must be a URL such as http://127.0.0.1:11434/v1, without a name, password or query',
        'models[0].api_key_env must be the name of a variable',
        'models[0].price.per_message must be a whole number from 0 to 9007199254740991',
        'models[0].context_tokens must be a whole number from 1 to 1000000000',
        'models[0].max_output_tokens must be a whole number from 1 to 1000000000',
        'models[0].system must be a string',
        'models[0].idle_timeout must be a duration such as 30s, 15m, 24h or 30d, at most 24d',
        'models[0].total_timeout must be a duration such as 30s, 15m, 24h or 30d, at most 24d',
        'models[0].retries must be a whole number from 0 to 10',
        'models[1].price must have only one of per_1k_input and per_1m_input',
        'models[2].price must be per_message alone, or at least one other rate',
        'models[3].price.per_token is not a known key',
        'models[4] must be an object',
      ],
    ],
    [
      'models that contradict each other',
      {
        default: 'x',
        models: [
          echo,
          echo,
          { ...small, fallback: 'none' },
          { ...large, name: 'a', fallback: 'b' },
          { ...echo, name: 'b', fallback: 'a', upstream: 'm', context_tokens: 10 },
          { name: 'c', provider: 'openai' },
        ],
      },
      [
        'the model "a" requires an API key: set ANTHROPIC_API_KEY to it',
        'the model "b" must not have upstream for echo',
        'the model "c" requires api_key_env for openai',
        'the model "c" requires upstream for openai',
        'max_output_tokens of the model "b" must be below its context_tokens',
        'two models are named "echo"',
        'the fallback of "small", "none", does not exist',
        'the model "a" falls back to itself',
        'the model "b" falls back to itself',
        'default must be the name of one of the models',
      ],
    ],
  ])(
    'with %s is rejected, with all problems at once and no secret repeated',
    async (_, content, problems) => {
      const found = await readFile(content);
      expect(found.problems).toEqual(problems.map((problem) => `MODELS_FILE: ${problem}`));
      expect(inspect(found)).not.toContain('secret');
    },
  );

  test('says what a model can do and the most tokens of an image; GPT-4o mini counts far more than others', async () => {
    const described = await readFile({
      models: [
        { ...small, capabilities: ['images', 'json'], image_tokens: 1792, fallback: undefined },
        { ...small, name: 'mini', upstream: 'openai/gpt-4o-mini', fallback: undefined },
      ],
    });
    expect(described.models).toMatchObject([
      { capabilities: ['images', 'json'], imageTokens: 1792 },
      { capabilities: ['json', 'tools'], imageTokens: 48_169 },
    ]);
    const { problems } = await readFile({
      models: [
        { ...small, capabilities: ['sound'], image_tokens: 0 },
        { ...small, name: 'b', capabilities: 'images' },
      ],
    });
    expect(problems).toEqual([
      'MODELS_FILE: models[0].image_tokens must be a whole number from 1 to 1000000000',
      'MODELS_FILE: models[0].capabilities[0] must be one of images, files, json, tools, reasoning',
      'MODELS_FILE: models[1].capabilities must be a list',
    ]);
    const echoes = await readFile({ models: [{ ...echo, capabilities: ['images'] }] });
    expect(echoes.problems).toEqual(['MODELS_FILE: the model "echo" must not have capabilities for echo']);
  });

  test('that does not exist is rejected', () => {
    expect(read({ MODELS_FILE: join(folder, 'missing.json') }).problems).toEqual([
      'MODELS_FILE: cannot be read (ENOENT)',
    ]);
  });

  test('cannot be combined with the settings of another model, except echo', async () => {
    const both = { AI_PROVIDER: 'openai', AI_API_KEY: secret, AI_MODEL: 'm', AI_BASE_URL: 'http://h/v1' };
    expect((await readFile({ models: [echo] }, both)).problems).toEqual([
      'AI_PROVIDER cannot be combined with MODELS_FILE',
      'AI_BASE_URL cannot be combined with MODELS_FILE',
      'AI_API_KEY cannot be combined with MODELS_FILE',
      'AI_MODEL cannot be combined with MODELS_FILE',
    ]);
    expect((await readFile({ models: [echo] }, { AI_PROVIDER: 'echo' })).problems).toEqual([]);
  });

  test('is rejected if a hold is shorter than a chain of fallbacks may take', async () => {
    const models = [{ ...small, fallback: 'large' }, large, echo];
    const { problems } = await readFile({ models }, key);
    expect(problems).toEqual([
      'HOLD_TTL must exceed the total timeouts of "small" and its fallbacks together',
    ]);
    expect((await readFile({ models }, { ...key, HOLD_TTL: '11m' })).problems).toEqual([]);
    const slow = { ...large, total_timeout: '10m' };
    expect((await readFile({ models: [slow] }, key)).problems).toEqual([
      'HOLD_TTL must exceed the total timeouts of "large" and its fallbacks together',
    ]);
  });
});
