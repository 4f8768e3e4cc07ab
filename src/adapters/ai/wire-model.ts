import { DomainError, isDomainError } from '../../domain/errors.js';
import type { AiModel, ReplyChunk, ReplyRequest } from '../../ports/ai-model.js';
import { readBody, type BodyPart, type BodyReader, type StreamEvent } from './event-stream.js';
import { httpClient, type HttpResponse } from './http-post.js';
import { connectionError } from './provider-error.js';
import { rejection, responseError, type ReportedError, type ReportError } from './rejection.js';
import type { ReplyReader } from './reply-reader.js';

/** How a family of providers is asked and understood. */
export interface WireFormat extends Pick<AiModel, 'unsupported' | 'limits'> {
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** What no message of an error may show. */
  secrets: readonly string[];
  body(request: ReplyRequest): string;
  /** A body for the same request without what the provider rejected; null if that is not optional. */
  bodyWithout?(error: ReportedError, request: ReplyRequest): string | null;
  reader(request: ReplyRequest, reportError: ReportError): ReplyReader;
}

/** What a model that is reached over the network may be given. */
export interface WireOptions {
  /** Headers that each request to a provider has besides, such as the trace it belongs to. */
  moreHeaders?: () => Record<string, string>;
  /** How long after the reason for its end a reply waits for its last usage, in milliseconds; 500 by default. */
  graceMs?: number;
  /** What time it is; the system's clock by default. */
  now?: () => Date;
}

/** What is read of the body of an error, in characters. */
const longestErrorBody = 64 * 1024;

/**
 * A model behind HTTP. Each request is sent once; the reply ends as soon as the provider has ended it, whether or not the
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
    const response = await send(format.body(request));
    if (isSuccess(response)) return response;
    const error = await errorOf(response, graceMs);
    const body = format.bodyWithout?.(error, request) ?? null;
    if (body === null) throw reportErrorOf(response)(error);
    const second = await send(body);
    if (isSuccess(second)) return second;
    throw reportErrorOf(second)(await errorOf(second, graceMs));
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
 * Returns a function for the next part of a body, or null when nothing more is waited for: at the end of the body and of the
 * reply, and when a reply that is ending breaks or brings nothing of itself, `hasContent`, for `graceMs`.
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

/** Some providers leave out the blank line between events: lines that are no JSON together are an event each. */
function eventsIn(event: StreamEvent): StreamEvent[] {
  if (!event.data.includes('\n')) return [event];
  try {
    JSON.parse(event.data);
    return [event];
  } catch {
    return event.data.split('\n').map((data) => ({ ...event, data }));
  }
}

/** What is no event counts for nothing once the reason for the end is there. */
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

/** What a response reports whose status is one of an error; a body that does not arrive is not waited for. */
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
    // The status says enough.
  }
  return responseError(response.status, text);
}
