import fc from 'fast-check';
import { apiPaths } from './routes.js';

/** An odd or invalid request. */
export interface RandomRequest {
  method: string;
  path: string;
  headers: [name: string, value: string][];
  body: string | Uint8Array<ArrayBuffer> | null;
  /** Whose auth token it has: that of an account, of an administrator, an unknown one, or none. */
  caller: 'account' | 'admin' | 'unknown' | 'anonymous';
}

const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\ud800',
    '\uFEFFa',
    '__proto__',
    'null',
    '-1',
    '1e999',
    "' or 1=1 --",
    '%00',
    '\u202E',
  ),
  fc.integer({ min: 1, max: 40_000 }).map((length) => 'é'.repeat(length)),
);

const routes = apiPaths.flatMap(({ path, methods }) => methods.map((method) => ({ path, method })));
const knownTargets = fc
  .tuple(fc.constantFrom(...routes), fc.boolean())
  .map(([{ path, method }, hasSlash]) => ({ path: hasSlash ? path : path.slice(0, -1), method }));
const anyMethod = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'PROPFIND',
  'QUERY',
);
const oddEndings = fc.oneof(
  fc.constantFrom('%', '%00', '%ff', '//', '/../', '%2f', ';a'),
  oddText.map((text) => encodeURIComponent(wellFormed(text))),
);

/** Mostly known routes with their methods; sometimes other methods and paths. */
const targets = fc.oneof(
  { weight: 12, arbitrary: knownTargets },
  { weight: 1, arbitrary: fc.tuple(knownTargets, anyMethod).map(([{ path }, method]) => ({ path, method })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(knownTargets, oddEndings)
      .map(([{ path, method }, end]) => ({ path: path + end, method })),
  },
  { weight: 1, arbitrary: fc.record({ path: fc.webPath(), method: anyMethod }) },
);

const queries = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.webQueryParameters().map((query) => `?${query}`),
  fc
    .array(
      fc.tuple(
        fc.constantFrom(
          ...['limit', 'cursor', 'limit[]', 'q', 'role', 'status', 'sort', 'user', 'model', 'text', 'kind'],
          ...['action', 'actor', 'subject', 'from', 'to'],
        ),
        fc.oneof(oddText, fc.nat().map(String), cursor()),
      ),
      { maxLength: 3 },
    )
    .map(
      (pairs) =>
        `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`).join('&')}`,
    ),
  fc.constantFrom('?limit=%', '?limit=%00', '?cursor=%ff', '?&&==', '?limit=1&limit=x', '?limit=100'),
);

function cursor() {
  return fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => Buffer.from(bytes).toString('base64url'));
}

const fields = {
  username: mostly(fc.stringMatching(/^[a-z]{3,12}$/)),
  email: mostly(fc.emailAddress()),
  password: mostly(fc.oneof(fc.constant('StrongPass123!'), fc.string({ minLength: 8, unit: 'binary' }))),
  password1: oddText,
  password2: mostly(fc.constant('StrongPass123!')),
  message: mostly(fc.lorem()),
  conversation_id: mostly(fc.uuid()),
  model: mostly(fc.constant('echo')),
  stream: mostly(fc.boolean()),
  title: mostly(fc.lorem()),
  setup_token: oddText,
  role: mostly(fc.constantFrom('user', 'admin')),
  status: mostly(fc.constantFrom('active', 'disabled')),
  amount: fc.oneof(fc.integer(), fc.double(), oddText),
  reason: mostly(fc.lorem()),
};

const messages = fc.array(
  fc.oneof(
    fc.record({
      role: mostly(fc.constantFrom('system', 'developer', 'user', 'assistant')),
      content: mostly(
        fc.oneof(fc.lorem(), fc.array(fc.record({ type: fc.constant('text'), text: oddText }))),
      ),
    }),
    fc.record({ role: fc.constant('tool'), content: oddText, tool_call_id: mostly(fc.constant('call_1')) }),
    fc.record({
      role: fc.constant('assistant'),
      tool_calls: fc.array(
        fc.record({
          id: mostly(fc.constant('call_1')),
          type: fc.constant('function'),
          function: fc.record({ name: mostly(fc.constant('look')), arguments: fc.oneof(fc.json(), oddText) }),
        }),
      ),
    }),
    fc.jsonValue(),
  ),
);

/** Parameters of OpenAI's API, including unsupported ones. */
const completions = fc.record(
  {
    model: mostly(fc.constant('echo')),
    messages: fc.oneof(messages, fc.jsonValue()),
    stream: mostly(fc.boolean()),
    stream_options: fc.oneof(fc.record({ include_usage: fc.boolean() }), fc.jsonValue()),
    temperature: fc.oneof(fc.double(), fc.jsonValue()),
    max_tokens: fc.oneof(fc.nat(), fc.double(), fc.jsonValue()),
    stop: fc.oneof(oddText, fc.array(oddText)),
    seed: fc.oneof(fc.integer(), fc.jsonValue()),
    tools: fc.oneof(fc.array(fc.record({ type: oddText, function: fc.jsonValue() })), fc.jsonValue()),
    tool_choice: fc.oneof(fc.constantFrom('auto', 'none', 'required'), fc.jsonValue()),
    response_format: fc.oneof(fc.constant({ type: 'text' }), fc.jsonValue()),
    logit_bias: fc.jsonValue(),
    n: fc.oneof(fc.constant(1), fc.jsonValue()),
  },
  { requiredKeys: ['model', 'messages'] },
);

/** Usually the expected value, sometimes an odd text. */
function mostly<Expected>(expected: fc.Arbitrary<Expected>): fc.Arbitrary<Expected | string> {
  return fc.oneof({ weight: 3, arbitrary: expected }, { weight: 1, arbitrary: oddText });
}

/** Valid bodies, then objects with missing, mistyped or unknown fields. */
const objects = fc
  .oneof(
    fc.record({
      username: fields.username,
      password: fields.password,
      email: fc.option(fields.email, { freq: 2 }),
    }),
    fc.record({ message: fields.message }),
    completions,
    fc.record({
      model: fc.constant('echo'),
      messages: fc.array(fc.record({ role: fc.constant('user'), content: fc.lorem() }), { minLength: 1 }),
    }),
    fc.record({ title: fields.title }),
    fc.record(fields, { requiredKeys: ['message'] }),
    fc
      .tuple(
        fc.record(fields, { requiredKeys: [] }),
        fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(fields)), oddText), fc.jsonValue(), {
          maxKeys: 2,
        }),
      )
      .map(([known, unknown]) => ({ ...known, ...unknown })),
  )
  .map((object) => JSON.stringify(object));

const bodies = fc.oneof(
  { weight: 8, arbitrary: objects },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(objects, fc.nat(), fc.string())
      .map(([text, at, more]) => text.slice(0, at % text.length) + more),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'null',
      '[]',
      '{}',
      '[[[[',
      '"\\ud800"',
      '{"__proto__": {"username": "a"}}',
      '['.repeat(5000),
    ),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

const headerValue = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
});
const mediaTypes = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'text/plain',
    'application/json; charset=latin1',
    'application/x+json',
    '',
  ),
  headerValue,
);
const headers = fc
  .tuple(
    mediaTypes.map((value): [string, string] => ['Content-Type', value]),
    fc.array(
      fc.tuple(
        fc.constantFrom(
          'Idempotency-Key',
          'X-Request-Id',
          'User-Agent',
          'Accept',
          'Origin',
          'Cookie',
          'Content-Encoding',
          'Content-Length',
          'Transfer-Encoding',
          'X-Forwarded-For',
          'X-HTTP-Method-Override',
        ),
        fc.oneof(
          headerValue,
          fc.constantFrom(
            'key',
            '"key"',
            '*/*',
            'text/event-stream',
            'gzip',
            '0',
            '5',
            '99999999',
            '-1',
            'chunked',
          ),
        ),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([mediaType, others]) => [mediaType, ...others]);

/** Requests over all routes, methods, bodies, headers and queries. */
export const randomRequests: fc.Arbitrary<RandomRequest> = fc
  .record({
    target: targets,
    query: queries,
    headers,
    body: bodies,
    caller: fc.oneof(
      { weight: 5, arbitrary: fc.constant('account' as const) },
      fc.constantFrom('admin' as const, 'unknown' as const, 'anonymous' as const),
    ),
  })
  .map(({ target, query, ...others }) => ({ ...others, method: target.method, path: target.path + query }));

/** Lone surrogates cannot be percent-encoded. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
