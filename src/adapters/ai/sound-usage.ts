import type { Fetch } from './http-fetch.js';

const countNames = [
  'prompt_tokens',
  'completion_tokens',
  'input_tokens',
  'output_tokens',
  'cache_creation_input_tokens',
  'cache_read_input_tokens',
];

/** More than any event of a provider has; what never ends its line would fill the memory. */
const longestLine = 4 * 1024 * 1024;

/** Events that have a usage, and those of Anthropic's that should. */
const countingLine = /^data:.*"(?:usage|message_start|message_delta)".*$/gm;

/** Stands in a usage whose counts are none, where the AI SDK asks for a usage all the same. */
const wrongMark = 'reported_wrongly';

const marked = { input_tokens: 0, output_tokens: 0, [wrongMark]: true };

/** Whether a usage, as the AI SDK hands it on raw, is one whose counts were none. */
export function reportedWrongly(usage: object | undefined): boolean {
  return usage !== undefined && wrongMark in usage;
}

/**
 * Fetches a provider's event stream (the HTML standard's server-sent events) with every `usage` in it made sound:
 * the AI SDK gives a whole reply up for a count that is a text or missing.
 */
export function withSoundUsage(fetch: Fetch): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const type = response.headers.get('Content-Type') ?? '';
    if (!response.ok || response.body === null || !type.includes('event-stream')) return response;
    return new Response(soundBody(response.body), { status: response.status, headers: response.headers });
  };
}

/** One stream, where a chain of those that the platform has would cost each reply a hundred kilobytes. */
function soundBody(body: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let begun = '';
  const wholeLines = (text: string) => {
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    const lines = end === 0 ? '' : begun + text.slice(0, end);
    begun = end === 0 ? begun + text : text.slice(end);
    if (begun.length > longestLine) throw new Error('A line of the provider does not end.');
    return lines;
  };
  const nextPart = async () => {
    const { done, value } = await reader.read();
    const lines = wholeLines(decoder.decode(value, { stream: !done }));
    return { isLast: done, text: (done ? lines + begun : lines).replace(countingLine, soundLine) };
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          let part = await nextPart();
          while (part.text === '' && !part.isLast) part = await nextPart();
          if (part.text !== '') controller.enqueue(encoder.encode(part.text));
          if (part.isLast) controller.close();
        } catch (error) {
          await reader.cancel(error).catch(() => undefined);
          throw error;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function soundLine(line: string): string {
  try {
    const event = JSON.parse(line.slice('data:'.length)) as Record<string, unknown>;
    const { type, message } = event;
    if (type === 'message_start' && isRecord(message)) {
      message['usage'] = countsOf(message['usage'], ['input_tokens']) ?? { ...marked };
    } else if (type === 'message_delta') {
      event['usage'] = countsOf(event['usage'], ['output_tokens']) ?? { ...marked };
    } else if ('usage' in event) {
      event['usage'] = countsOf(event['usage'], ['prompt_tokens', 'completion_tokens']);
    }
    return `data: ${JSON.stringify(event)}`;
  } catch {
    return line;
  }
}

/** The counts of a usage; null when one of those that it must have is none. */
function countsOf(usage: unknown, needed: readonly string[]): Record<string, unknown> | null {
  if (!isRecord(usage) || !needed.every((name) => Number.isFinite(usage[name]))) return null;
  const counts = countNames.filter((name) => Number.isFinite(usage[name]));
  return Object.fromEntries(counts.map((name) => [name, usage[name]]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
