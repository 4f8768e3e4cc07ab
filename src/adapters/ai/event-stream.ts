import { createParser } from 'eventsource-parser';
import type { HttpResponse } from './http-post.js';

/** An event of a stream of server-sent events. */
export interface StreamEvent {
  /** Its name, or null. */
  event: string | null;
  data: string;
}

/** What one read of a body brought: events, or the whole body if it is JSON and no event stream. */
export type BodyPart =
  { type: 'events'; events: StreamEvent[] } | { type: 'json'; text: string } | { type: 'silent' };

/** More characters than any event of a provider has; an event that never ends would fill the memory. */
const longestEvent = 4 * 1024 * 1024;

/** A body with more lines than this that are no fields of an event, such as a page, is not read on. */
const mostUnknownLines = 1000;

/** Reads a body in parts. */
export interface BodyReader {
  /**
   * What arrives next, perhaps no events at all; null at the end of the body. With `withinMs`, `silent` if no byte arrives
   * in that many milliseconds. Throws when the connection breaks and for an event that is too long.
   */
  next(withinMs?: number): Promise<BodyPart | null>;
}

/**
 * Reads the body of a response as server-sent events (HTML standard), whatever its `Content-Type`, which some providers
 * set wrongly. A body whose first character is `{` or `[` is JSON instead, and read whole.
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

/** What ends a stream in the format of OpenAI. */
const doneLine = 'data: [DONE]';

/** Whether a text ends with the line that ends a stream. Some providers leave out the blank line after it, and send nothing more. */
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
      // A line that is no field is ignored, as the standard has it; the parser makes an error for each, which is slow.
      unknownLines += 1;
      if (unknownLines > mostUnknownLines) throw new Error('The body is no event stream.');
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
