import type { Context } from 'hono';
import * as v from 'valibot';
import type { FieldErrors } from '../../../domain/errors.js';
import { unstorableReason } from '../../../domain/text.js';
import { nodeBindings } from './headers.js';
import type { HostBindings, HttpEnvironment } from './context.js';
import { bodyTooLarge, HttpProblem, invalidInput, isHttpProblem } from './problem.js';

/** The deepest nesting that is parsed. Valid requests have a few levels. */
const maxDepth = 64;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Returns the request's JSON body as a schema returns it. Throws as `readBody` and `validate` do. */
export async function readJson<Schema extends v.GenericSchema>(
  c: Context<HttpEnvironment>,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  return validate(schema, (await readBody(c)).value);
}

/** A JSON body, and the text that it was parsed from. */
export interface ReceivedBody {
  value: unknown;
  json: string;
}

/**
 * Returns the request's JSON body.
 *
 * @throws HttpProblem with 415 for another media type, with 413 for a body that exceeds its limit, and with 400 for invalid
 * UTF-8, malformed or too deeply nested JSON, and strings that the databases cannot store unchanged.
 */
export async function readBody(c: Context<HttpEnvironment>): Promise<ReceivedBody> {
  const json = decode(await readBytes(c));
  const value = parse(json);
  rejectUnstorable(value);
  return { value, json };
}

/** Returns a body as a schema returns it. Throws 400 `invalid_input` that names every invalid field. */
export function validate<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  throw invalidInput(fieldErrors(parsed.issues));
}

/**
 * Not Hono's `bodyLimit`: it creates a `Request`, also for requests without a body, which doubles the CPU time of the balance
 * and takes a third more for a chat.
 *
 * @returns The bytes of a JSON body, unchanged. Throws as `readBody` does for other media types and for its limit.
 */
export async function readBytes(c: Context<HttpEnvironment>): Promise<Uint8Array> {
  const maxBytes = c.get('maxBodyBytes');
  const fromHost = hostBody(c);
  if (fromHost !== null && fromHost.byteLength > maxBytes) throw bodyTooLarge(maxBytes);
  const bytes = fromHost ?? (await readStream(c, maxBytes));
  if (bytes.byteLength === 0) throw malformed('The body is empty.');
  requireJson(c.req.header('Content-Type') ?? '');
  return bytes;
}

async function readStream(c: Context, maxBytes: number): Promise<Uint8Array> {
  const isReadByHost = watchForHost(c);
  const length = Number(c.req.header('Content-Length') ?? NaN);
  try {
    // A body without a length is chunked, or comes by HTTP/2 or from a Request of this process.
    const bytes = length <= maxBytes ? await readWhole(c) : await readChunks(c.req.raw.body, maxBytes);
    // A host that has read the body can pass on a new request without it.
    if (bytes.byteLength === 0 && (length > 0 || isReadByHost())) throw readByHost();
    return bytes;
  } catch (error) {
    if (isHttpProblem(error)) throw error;
    throw isReadByHost() ? readByHost() : malformed('The body ended before it was complete.');
  }
}

/** Faster than in chunks. No server passes on more than the announced length. */
async function readWhole(c: Context): Promise<Uint8Array> {
  return new Uint8Array(await c.req.arrayBuffer());
}

/** Does not cancel the stream if it throws: that would close the connection before its response. */
async function readChunks(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream?.values({ preventCancel: true }) ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw bodyTooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Returns the bytes of a body that the host has read, so that it is validated like any other body. A parsed body is converted
 * by `JSON.stringify`. Null if the host has not passed a body.
 *
 * @throws HttpProblem with 400 `malformed_body` if the body cannot be converted: it contains a BigInt or a cycle.
 */
function hostBody(c: Context): Uint8Array | null {
  const bindings = c.env as HostBindings | undefined;
  const parsed = bindings?.parsedBody;
  if (parsed === undefined) return null;
  if (parsed instanceof Uint8Array) return parsed;
  try {
    const text = JSON.stringify(parsed) as string | undefined;
    if (text !== undefined) return encoder.encode(text);
  } catch {
    // A BigInt, a cycle, or nested too deeply.
  }
  throw malformed('The body is not valid JSON.');
}

/**
 * Returns a function that returns whether the host has read the body. Call this before the app reads the body, and the
 * returned function when the body could not be read or was empty.
 */
function watchForHost(c: Context): () => boolean {
  const incoming = nodeBindings(c)?.incoming;
  // Node's request is checked afterwards: a host that creates another `Request` from it begins to read immediately.
  if (incoming !== undefined) return () => incoming.complete && incoming.readableDidRead;
  const wasUsed = c.req.raw.bodyUsed;
  return () => wasUsed;
}

/** Returns the problem of a body that the host has read and not passed on: a mistake in the host application. */
function readByHost(): HttpProblem {
  return new HttpProblem({
    status: 500,
    code: 'internal_error',
    detail:
      'The host application has read the body of this request before the API could. ' +
      'Pass it on: app.fetch(request, { parsedBody }), or mount the API before the body parser.',
  });
}

function requireJson(contentType: string): void {
  const [mediaType = '', ...parameters] = contentType.toLowerCase().split(';');
  const isJson = /^application\/([a-z0-9.+-]+\+)?json$/.test(mediaType.trim());
  const charset = parameters
    .map((parameter) => /^\s*charset="?([^"\s]*)"?\s*$/.exec(parameter)?.[1])
    .find(Boolean);
  if (isJson && (charset === undefined || charset === 'utf-8' || charset === 'utf8')) return;
  throw new HttpProblem({
    status: 415,
    code: 'unsupported_media_type',
    detail: 'Send JSON in UTF-8, with the header Content-Type: application/json.',
    headers: { 'Accept-Post': 'application/json' },
  });
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw malformed('The body is not valid UTF-8.');
  }
}

function parse(text: string): unknown {
  if (depthOf(text) > maxDepth) throw malformed(`The body is nested more than ${maxDepth} levels deep.`);
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The body is not valid JSON.');
  }
}

/** Returns the deepest nesting of brackets outside of strings, in one pass and without parsing. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text[index];
    if (unit === '"') isInString = !isInString;
    else if (isInString) index += unit === '\\' ? 1 : 0;
    else if (unit === '[' || unit === '{') deepest = Math.max(deepest, (depth += 1));
    else if (unit === ']' || unit === '}') depth -= 1;
  }
  return deepest;
}

function rejectUnstorable(value: unknown, path = ''): void {
  if (typeof value === 'string') {
    const reason = unstorableReason(value);
    if (reason !== null) throw invalidInput({ [path || 'body']: [`A string ${reason}.`] });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (unstorableReason(key) !== null)
        throw invalidInput({ body: ['A name holds characters that cannot be stored.'] });
      rejectUnstorable(member, path === '' ? key : `${path}.${key}`);
    }
  }
}

/** Returns the messages of a schema's issues, by the paths of the fields. */
export function fieldErrors(issues: readonly v.BaseIssue<unknown>[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of issues) {
    const field = v.getDotPath(issue) ?? 'body';
    const message = issue.received === 'undefined' ? 'Is required.' : issue.message;
    (errors[field] ??= []).push(message);
  }
  return errors;
}

function malformed(detail: string): HttpProblem {
  return new HttpProblem({ status: 400, code: 'malformed_body', detail });
}
