import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { openApiDocument } from '../../../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../../../src/adapters/http/routes.js';

type Schema = Record<string, unknown>;

/** What is held against the document; of a stream that was left, the events that came. */
interface TestResponse {
  status: number;
  headers: Headers;
  text: string;
}

interface DocumentedResponse {
  content?: Record<string, { schema: Schema; 'x-events'?: Record<string, Schema> }>;
}

const document = openApiDocument(apiRoutes);
const ajv = new Ajv2020({ strict: false });
(formats as unknown as (instance: Ajv2020) => void)(ajv);
ajv.addSchema({ $id: 'document', components: exact(document.components) });

const operations = Object.entries(document.paths).map(([path, methods]) => ({
  pattern: new RegExp(
    `^${path
      .replace(/\/$/, '')
      .replace('.', '\\.')
      .replace('{name}', '[^/].*')
      .replace(/\{\w+\}/g, '[^/]+')}/?$`,
  ),
  methods,
}));

/** Whether the document describes what is at a target; pages, and what is no text, are none of its matters. */
export function isDescribed(target: string): boolean {
  return /^\/((api|v1|health)\/(?!docs\b)|metrics\/?$)/.test(pathOf(target) ?? '');
}

/**
 * Fails where an answer is none that the document of the API foresees: another status, media type, code or body, or a
 * field that it does not name. Where there is no such path or method, the answer has to say so.
 */
export function expectDocumented(method: string, target: string, response: TestResponse): void {
  const path = pathOf(target) ?? '';
  // Nobody reads what is answered to a client that has left.
  if (response.status === 499) return;
  const asked = `${method} ${target} → ${response.status} ${response.text.slice(0, 500)}`;
  const methods = operations.find(({ pattern }) => pattern.test(path))?.methods;
  const operation = methods?.[(method === 'HEAD' ? 'GET' : method).toLowerCase()];
  if (operation === undefined) {
    // A path or body that is refused before its route is looked for, or the preflight of a browser.
    const refusals = methods === undefined ? [404, 400, 413, 503] : [405, 400, 413, 503, 204];
    if (!refusals.includes(response.status)) throw new Error(`The document has no such operation: ${asked}`);
    return;
  }
  const documented = operation.responses[String(response.status)] as DocumentedResponse | undefined;
  if (documented === undefined) throw new Error(`The document has no such status: ${asked}`);
  if (method !== 'HEAD') checkBody(documented, response, asked);
}

function checkBody({ content }: DocumentedResponse, response: TestResponse, asked: string): void {
  const mediaType = response.headers.get('Content-Type')?.split(';')[0];
  if (content === undefined) {
    if (response.text !== '') throw new Error(`The document has no body here: ${asked}`);
    return;
  }
  const body = content[mediaType ?? ''];
  if (body === undefined) throw new Error(`The document has no ${mediaType ?? 'nothing'} here: ${asked}`);
  if (mediaType?.endsWith('json') === true) check(body.schema, JSON.parse(response.text), asked);
  const events = body['x-events'];
  if (events === undefined) return;
  for (const event of response.text.split('\n\n').slice(0, -1)) {
    if (event.startsWith(':')) continue;
    const [, name = 'message', data = ''] = /^(?:event: (\w+)\n)?data: (.*)$/s.exec(event) ?? [];
    if (data === '[DONE]') continue;
    const schema = events[name];
    if (schema === undefined) throw new Error(`The document has no event ${name}: ${asked}`);
    check(schema, JSON.parse(data), asked);
  }
}

const compiled = new WeakMap<Schema, ValidateFunction>();

function check(schema: Schema, value: unknown, asked: string): void {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(exact(schema));
    compiled.set(schema, validate);
  }
  if (validate(value)) return;
  throw new Error(`The document has another body: ${ajv.errorsText(validate.errors)}: ${asked}`);
}

/** The same, with every object closed to fields that it does not name, and references to the whole document. */
function exact<Value>(value: Value, isPart = false): Value {
  if (Array.isArray(value)) return value.map((item: unknown) => exact(item, isPart)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]: [string, unknown]) => [
    name,
    name === '$ref' ? `document${String(member)}` : exact(member, isPart || name === 'allOf'),
  ]);
  const closed = Object.fromEntries(entries) as Schema;
  const isClosed = 'properties' in closed && closed['type'] === 'object' && !isPart;
  return (isClosed ? { additionalProperties: false, ...closed } : closed) as Value;
}

function pathOf(target: string): string | null {
  try {
    return decodeURI(new URL(target, 'http://localhost').pathname);
  } catch {
    return null;
  }
}
