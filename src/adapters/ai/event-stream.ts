import { createParser } from 'eventsource-parser';
import type { HttpResponse } from './http-post.js';

/** An event of a stream of server-sent events. */
export interface StreamEvent {
  /** Its name, or null. */
  event: string | null;
  data: string;
}

/** The result of one read of a body: events, or the whole body if it is JSON instead of an event stream. */
export type BodyPart =
  | { type: 'events'; events: StreamEvent[] }
  | { type: 'json'; text: string }
  | { type: 'silent' };

/** The longest event, in characters. No provider sends one as long, and an event that never ends would fill the memory. */
const longestEvent = 4 * 1024 * 1024;

/** A body with more unknown lines than this, such as an HTML page, is not read further. */
const mostUnknownLines = 1000;

/** Reads a body in parts. */
export interface BodyReader {
  /**
   * Returns what arrives next, which may be no events; null at the end of the body. With `withinMs`, returns `silent` if no
   * byte arrives in that many milliseconds. Throws if the connection breaks, and for an event that is too long.
   */
  next(withinMs?: number): Promise<BodyPart | null>;
}

/**
 * Reads the body of a response as server-sent events (HTML standard), regardless of its `Content-Type`, which some
 * providers set wrongly. If its first character is `{` or `[`, the body is JSON and read as a whole.
 */
export function readBody(response: HttpResponse): BodyReader {
  const decoder = new TextDecoder();
  const stream = eventParser();
  let json: string[] | null = null;
  let jsonLength = 0;
  let hasBegun = false;
  let hasEnded = false;

  const take = (text: string): BodyPart => {
    if (!hasBegun) {
      const first = text.trimStart().charAt(0);
      hasBegun = first !== '';
      if (first === '{' || first === '[') json = [];
    }
    if (json === null) return { type: 'events', events: stream.feed(text) };
    json.push(text);
    jsonLength += text.length;
    if (jsonLength > longestEvent) throw new Error('The body is too long.');
    return { type: 'events', events: [] };
  };

  return {
    async next(withinMs) {
      if (hasEnded) return null;
      const bytes = await response.read(withinMs);
      if (bytes === 'silent') return { type: 'silent' };
      if (bytes !== null) return take(decoder.decode(bytes, { stream: true }));
      hasEnded = true;
      const rest = take(decoder.decode());
      if (json !== null) return { type: 'json', text: json.join('') };
      // Some providers leave out the blank line after the last event.
      const last = stream.feed('\n\n');
      return rest.type === 'events' ? { type: 'events', events: [...rest.events, ...last] } : rest;
    },
  };
}

/** The last data of a stream in the format of OpenAI. */
const doneLine = 'data: [DONE]';

/** Returns whether a text ends with the last line of a stream. Some providers send no blank line after it. */
function endsWithDone(text: string): boolean {
  if (!text.includes(']')) return false;
  const before = text.trimEnd().slice(0, -doneLine.length).slice(-1);
  return text.trimEnd().endsWith(doneLine) && (before === '\n' || before === '\r');
}

function eventParser(): { feed(text: string): StreamEvent[] } {
  let events: StreamEvent[] = [];
  let unknownLines = 0;
  let lastChars = '\n';
  const parser = createParser({
    maxBufferSize: longestEvent,
    onEvent: ({ event = null, data }) => {
      events.push({ event, data });
    },
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw new Error('An event is too long.');
      // The standard ignores a line that is not a field; the parser creates an error for each, which is slow.
      unknownLines += 1;
      if (unknownLines > mostUnknownLines) throw new Error('The body is not an event stream.');
    },
  });
  return {
    feed(text) {
      parser.feed(text);
      lastChars = (lastChars + text).slice(-2 * doneLine.length);
      if (endsWithDone(lastChars)) {
        lastChars = '';
        parser.feed('\n\n');
      }
      const parsed = events;
      events = [];
      return parsed;
    },
  };
}
