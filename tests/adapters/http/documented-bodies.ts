import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { openApiDocument } from '../../../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../../../src/adapters/http/routes.js';
import { goodPassword } from './requests.js';

type Schema = Record<string, unknown>;

const document = openApiDocument(apiRoutes);
const ajv = new Ajv2020({ strict: false });
(formats as unknown as (instance: Ajv2020) => void)(ajv);
ajv.addFormat('idn-email', true);
// So that references within the document are resolved.
ajv.addKeyword('components');

/** Values of fields whose rules JSON Schema cannot express. */
const known: Record<string, fc.Arbitrary<unknown>> = {
  passkey: fc.constant({ id: 'AbC', response: { clientDataJSON: 'AbC' } }),
  parameters: fc.constant({ state: '5f', code: 'AbC' }),
  password: passwords(),
  new_password: passwords(),
  current_password: fc.constant(goodPassword),
  expires_at: fc.constant('2090-01-31T12:00:00Z'),
  email: fc.emailAddress(),
  models: fc.constantFrom(null, ['echo']),
  scope: fc.constant('account'),
  key_id: fc.constant(null),
  model: fc.constantFrom(null, undefined),
  message: fc.constant('Hello'),
  credits_expire_after: fc.constantFrom(null, '90d'),
  // Ten thousand codes would each be looked for in every later response.
  count: fc.integer({ min: 1, max: 3 }),
  attachments: fc.constantFrom(null, undefined, []),
  // The caller has no earlier message to name.
  after_id: fc.constantFrom(null, undefined),
  replaces_id: fc.constantFrom(null, undefined),
  // The suites have lists of many shapes.
  messages: fc.constantFrom([{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }]),
  ...{
    id: fc.string(),
    trigger: fc.string(),
    messageId: fc.anything().filter((value) => value !== undefined),
  },
};
const leftOut = ['password1', 'password2', 'cookie'];

/** What is no value of some field. */
const oddValues: unknown[] = [
  ...[null, true, 0, 1.5, -1, 1e300, '', ' \u0085\u3000', 'no such word', [], {}],
  ...['ab', 'a b c', 'user@example.org', 'x'.repeat(101), 'x'.repeat(151), 'x'.repeat(201), 'x'.repeat(501)],
  ...['\u{1F600}'.repeat(7), '\u{1F600}'.repeat(1025)],
];

/** An operation whose body is an object of named fields, each with a schema of its own. */
export interface BodyOperation {
  method: string;
  path: string;
  /** Bodies as the document has them, with every field. */
  valid: fc.Arbitrary<Record<string, unknown>>;
  /** For a body that is valid, those with one field that the document does not have so. */
  spoil: (valid: Record<string, unknown>) => { field: string; body: Record<string, unknown> }[];
}

/** Those that take a body, but completions, which take lists of many shapes. */
export const bodyOperations: BodyOperation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { requestBody }]) => {
    if (requestBody === undefined || path.startsWith('/v1/')) return [];
    const fields = fieldsOf(requestBody.content['application/json'].schema);
    return [{ method: method.toUpperCase(), path, valid: validBodies(fields), spoil: spoiler(fields) }];
  }),
);

function validBodies(fields: Record<string, Schema>) {
  const values = Object.entries(fields).map(
    ([name, schema]) => [name, known[name] ?? valuesOf(schema)] as const,
  );
  return fc.record(Object.fromEntries(values)).map(withValidLot).map(withOneProof);
}

/** Credits that are removed have neither expiry nor priority, and the caller has no other lot to name. */
function withValidLot(body: Record<string, unknown>): Record<string, unknown> {
  if (!('lot_id' in body)) return body;
  const isAdded = Number(body['amount']) > 0;
  return { ...body, lot_id: null, ...(isAdded ? {} : { expires_at: null, priority: null }) };
}

/** An identity is proved by one thing. */
function withOneProof(body: Record<string, unknown>): Record<string, unknown> {
  if (!('recovery_code' in body)) return body;
  return { ...body, recovery_code: undefined, passkey: undefined, password: undefined };
}

function spoiler(fields: Record<string, Schema>): BodyOperation['spoil'] {
  return (valid) =>
    Object.entries(fields).flatMap(([field, schema]) =>
      oddValues
        .filter((value) => !ajv.validate({ ...schema, components: document.components }, value))
        .map((value) => ({ field, body: { ...valid, [field]: value } })),
    );
}

function fieldsOf(schema: Schema): Record<string, Schema> {
  if (typeof schema['$ref'] === 'string') {
    return fieldsOf(document.components.schemas[schema['$ref'].split('/').at(-1) ?? ''] ?? {});
  }
  const parts = (schema['allOf'] ?? []) as Schema[];
  const own = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const all = Object.assign({}, ...parts.map(fieldsOf), Object.fromEntries(own)) as Record<string, Schema>;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !leftOut.includes(name)));
}

/** Values of a field, texts of the shortest and longest lengths among them, in characters of one and two code units. */
function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  if (Array.isArray(schema['anyOf'])) return fc.oneof(...(schema['anyOf'] as Schema[]).map(valuesOf));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  switch (schema['type']) {
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valuesOf(schema['items'] as Schema), {
        minLength: (schema['minItems'] ?? 0) as number,
        maxLength: 5,
      });
    case 'null':
      return fc.constant(null);
    case 'integer':
      return integers(schema).filter((value) => ajv.validate(schema, value));
    case 'number': {
      const bounds = { min: schema['minimum'] as number, max: schema['maximum'] as number };
      return fc.double({ ...bounds, noNaN: true });
    }
    case 'object':
      return fc.constantFrom({}, { size: '1024x1024', seed: 7, tags: ['a', null, { deep: true }] });
    case 'string':
      if (schema['format'] === 'uri') return fc.constant('https://example.com/hooks');
      return schema['format'] === 'uuid' ? fc.uuid() : texts(schema);
    default:
      throw new TypeError(`There are no values of ${JSON.stringify(schema)}.`);
  }
}

/** Integers within the bounds, those at the bounds among them. */
function integers({ minimum, maximum }: { minimum?: number; maximum?: number }) {
  const [min, max] = [minimum ?? Number.MIN_SAFE_INTEGER, maximum ?? Number.MAX_SAFE_INTEGER];
  return fc.oneof(
    fc.constantFrom(min, max),
    fc.integer({ min: Math.max(min, -1000), max: Math.min(max, 1000) }),
  );
}

function texts(schema: Schema) {
  const { minLength = 0, maxLength = 1000 } = schema as { minLength?: number; maxLength?: number };
  const lengths = fc.oneof(
    fc.constantFrom(minLength, maxLength),
    fc.integer({ min: minLength, max: maxLength }),
  );
  const units = fc.constantFrom(['a', 'Z', '9', '.', '+', '-', '_'], ['a', ' ', 'é'], ['\u{1F600}']);
  return fc
    .tuple(lengths, units)
    .chain(([length, unit]) =>
      fc.string({ unit: fc.constantFrom(...unit), minLength: length, maxLength: length }),
    )
    .filter((text) => ajv.validate(schema, text));
}

function passwords() {
  const some = fc.string({
    unit: fc.constantFrom('q', '7', '#', 'é', '\u{1F600}'),
    minLength: 4,
    maxLength: 1020,
  });
  return some.map((text) => `kW4!${text}`);
}
