import { DomainError, isDomainError } from '../../domain/errors.js';
import type { AiModel, ReplyChunk, ReplyRequest } from '../../ports/ai-model.js';
import { readBody, type BodyPart, type BodyReader, type StreamEvent } from './event-stream.js';
import { httpClient, type HttpResponse } from './http-post.js';
import { connectionError } from './provider-error.js';
import { rejection, responseError, type ReportedError, type ReportError } from './rejection.js';
import type { ReplyReader } from './reply-reader.js';

/** The wire format of a family of providers. */
export interface WireFormat extends Pick<AiModel, 'unsupported' | 'limits'> {
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** Texts that no error message may contain. */
  secrets: readonly string[];
  body(request: ReplyRequest): string;
  /** Returns a body of the same request without the rejected field, once for each; null if that field is required. */
  bodyWithout?(error: ReportedError, request: ReplyRequest): string | null;
  reader(request: ReplyRequest, reportError: ReportError): ReplyReader;
}

/** The options of a model behind HTTP. */
export interface WireOptions {
  /** Returns additional headers for each request to a provider, such as its trace. */
  moreHeaders?: () => Record<string, string>;
  /** How long a reply waits for its last usage after its finish reason, in milliseconds; 500 by default. */
  graceMs?: number;
  /** Returns the time; the system's clock by default. */
  now?: () => Date;
}

/** How much of the body of an error is read, in characters. */
const longestErrorBody = 64 * 1024;

/**
 * Returns a model behind HTTP. Each request is sent once. The reply ends as soon as the provider ends it, whether or not the
 * connection is closed.
 */
export function wireModel(format: WireFormat, options: WireOptions = {}): AiModel {
  const { moreHeaders = () => ({}), graceMs = 500, now = () => new Date() } = options;
  const { url, unsupported, limits, secrets } = format;
  const post = httpClient();
  const reportErrorOf =
    ({ headers }: HttpResponse): ReportError =>
    (error) =>
      rejection(error, { headers, now, secrets });

  const ask = async (request: ReplyRequest, signal: AbortSignal): Promise<HttpResponse> => {
    const send = (body: string) =>
      post({ url, headers: { ...format.headers, ...moreHeaders() }, body, signal });
    let body: string | null = format.body(request);
    for (;;) {
      const response = await send(body);
      if (isSuccess(response)) return response;
      const error = await errorOf(response, graceMs);
      body = format.bodyWithout?.(error, request) ?? null;
      if (body === null) throw reportErrorOf(response)(error);
    }
  };

  return {
    unsupported,
    ...(limits === undefined ? {} : { limits }),
    async *reply(request) {
      let response: HttpResponse | null = null;
      try {
        response = await ask(request, request.signal);
        const reader = format.reader(request, reportErrorOf(response));
        const next = partsOf(readBody(response), reader, graceMs);
        for (let part = await next(false); part !== null;) {
          let hasContent = false;
          for (const chunk of chunksOf(part, reader)) {
            hasContent ||= chunk.type !== 'usage' && chunk.type !== 'alive';
            yield chunk;
          }
          part = await next(hasContent);
        }
        if (reader.state === 'open') {
          throw new DomainError('provider_failed', 'The reply ended before it was finished.');
        }
        const last = reader.finish();
        response.release();
        response = null;
        yield* last;
      } catch (cause) {
        throw connectionError(cause);
      } finally {
        response?.close();
      }
    },
  };
}

/**
 * Returns a function that reads the next part of a body. It returns null at the end of the body or the reply; and, while a
 * reply is `ending`, if the connection breaks or no content comes for `graceMs`. `hasContent`: whether the last part had any.
 */
function partsOf(
  body: BodyReader,
  reader: ReplyReader,
  graceMs: number,
): (hasContent: boolean) => Promise<BodyPart | null> {
  let endsAtMs: number | null = null;
  return async (hasContent) => {
    if (reader.state === 'ended') return null;
    if (reader.state === 'open') return body.next();
    const nowMs = performance.now();
    if (endsAtMs === null || hasContent) endsAtMs = nowMs + graceMs;
    if (nowMs >= endsAtMs) return null;
    try {
      const part = await body.next(endsAtMs - nowMs);
      return part?.type === 'silent' ? null : part;
    } catch {
      return null;
    }
  };
}

function* chunksOf(part: BodyPart, reader: ReplyReader): Generator<ReplyChunk> {
  if (part.type === 'json') {
    yield* reader.takeWhole(JSON.parse(part.text));
    return;
  }
  let isEmpty = true;
  for (const event of part.type === 'events' ? part.events.flatMap(eventsIn) : []) {
    if (reader.state === 'ended') return;
    for (const chunk of chunksOfEvent(event, reader)) {
      isEmpty = false;
      yield chunk;
    }
  }
  if (isEmpty) yield { type: 'alive' };
}

/** Some providers leave out the blank line between events: if the lines are not JSON together, each is an event. */
function eventsIn(event: StreamEvent): StreamEvent[] {
  if (!event.data.includes('\n')) return [event];
  try {
    JSON.parse(event.data);
    return [event];
  } catch {
    return event.data.split('\n').map((data) => ({ ...event, data }));
  }
}

/** After the finish reason, data that is not an event is skipped. */
function chunksOfEvent(event: StreamEvent, reader: ReplyReader): ReplyChunk[] {
  try {
    return reader.take(event);
  } catch (cause) {
    if (reader.state === 'open' || isDomainError(cause)) throw cause;
    return [];
  }
}

function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}

/** Returns the error of a response with an error status. Does not wait for a body that does not arrive. */
async function errorOf(response: HttpResponse, withinMs: number): Promise<ReportedError> {
  const decoder = new TextDecoder();
  const endsAtMs = performance.now() + 4 * withinMs;
  let text = '';
  try {
    for (;;) {
      const bytes = await response.read(withinMs);
      if (bytes === null) {
        response.release();
        break;
      }
      if (bytes !== 'silent') text += decoder.decode(bytes, { stream: true });
      if (bytes === 'silent' || text.length > longestErrorBody || performance.now() > endsAtMs) {
        response.close();
        break;
      }
    }
  } catch {
    // The status is enough.
  }
  return responseError(response.status, text);
}
