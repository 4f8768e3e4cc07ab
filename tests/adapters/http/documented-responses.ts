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

/** The problems of all responses so far: the id of the operation and the code. */
export const observedProblems = new Set<string>();

function recordProblem(operationId: string, text: string): void {
  for (const [, code = ''] of text.matchAll(/"code":"(\w+)"/g))
    observedProblems.add(`${operationId} ${code}`);
}

/** Returns whether the document describes a path. It does not describe pages and paths that are not valid text. */
export function isDescribed(target: string): boolean {
  return /^\/((api|v1|health)\/(?!docs\b)|metrics\/?$)/.test(pathOf(target) ?? '');
}

/**
 * Throws if a response does not match the OpenAPI document: another status, media type, code or body, or an undocumented
 * field. For an unknown path or method, the response must be 404 or 405.
 */
export function expectDocumented(method: string, target: string, response: TestResponse): void {
  const path = pathOf(target) ?? '';
  // The client has disconnected.
  if (response.status === 499) return;
  const exchange = `${method} ${target} → ${response.status} ${response.text.slice(0, 500)}`;
  const methods = operations.find(({ pattern }) => pattern.test(path))?.methods;
  const operation = methods?.[(method === 'HEAD' ? 'GET' : method).toLowerCase()];
  if (operation === undefined) {
    // A path or body that is rejected before routing, or the preflight request of a browser.
    const statuses = methods === undefined ? [404, 400, 413, 503] : [405, 400, 413, 503, 204];
    if (!statuses.includes(response.status))
      throw new Error(`The document has no such operation: ${exchange}`);
    return;
  }
  const documented = operation.responses[String(response.status)];
  if (documented === undefined) throw new Error(`The document has no such status: ${exchange}`);
  if (method === 'HEAD') return;
  checkBody(documented, response, exchange);
  recordProblem(operation.operationId, response.text);
}

function checkBody({ content }: DocumentedResponse, response: TestResponse, exchange: string): void {
  const mediaType = response.headers.get('Content-Type')?.split(';')[0];
  if (content === undefined) {
    if (response.text !== '') throw new Error(`The document has no body here: ${exchange}`);
    return;
  }
  const body = content[mediaType ?? ''] ?? content['*/*'];
  if (body === undefined) throw new Error(`The document has no ${mediaType ?? 'nothing'} here: ${exchange}`);
  if (mediaType?.endsWith('json') === true) check(body.schema, JSON.parse(response.text), exchange);
  const events = body['x-events'];
  if (events === undefined) return;
  for (const event of response.text.split('\n\n').slice(0, -1)) {
    if (event.startsWith(':')) continue;
    const [, name = 'message', data = ''] = /^(?:event: ([\w.]+)\n)?data: (.*)$/s.exec(event) ?? [];
    if (data === '[DONE]') continue;
    const schema = events[name];
    if (schema === undefined) throw new Error(`The document has no event ${name}: ${exchange}`);
    check(schema, JSON.parse(data), exchange);
  }
}

const compiled = new WeakMap<Schema, ValidateFunction>();

function check(schema: Schema, value: unknown, exchange: string): void {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(exact(schema));
    compiled.set(schema, validate);
  }
  if (validate(value)) return;
  throw new Error(`The document has another body: ${ajv.errorsText(validate.errors)}: ${exchange}`);
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
