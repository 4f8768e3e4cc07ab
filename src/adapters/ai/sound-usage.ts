import type { BodyPieces } from './http-fetch.js';

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
 * Makes every `usage` in an event stream (the HTML standard's server-sent events) sound: the AI SDK gives a whole reply up
 * for a count that is a text or missing. Of a body that is no event stream nothing changes.
 */
export function soundUsage(pieces: BodyPieces, headers: Headers): BodyPieces {
  return (headers.get('Content-Type') ?? '').includes('event-stream') ? soundEvents(pieces) : pieces;
}

async function* soundEvents(pieces: BodyPieces): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let begun = '';
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true });
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    const lines = end === 0 ? '' : begun + text.slice(0, end);
    begun = end === 0 ? begun + text : text.slice(end);
    if (begun.length > longestLine) throw new Error('A line of the provider does not end.');
    if (lines !== '') yield encoder.encode(lines.replace(countingLine, soundLine));
  }
  const last = begun + decoder.decode();
  if (last !== '') yield encoder.encode(last.replace(countingLine, soundLine));
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
