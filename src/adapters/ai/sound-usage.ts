type Fetch = typeof globalThis.fetch;

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

/** Stands in a usage whose counts are none, where the AI SDK asks for a usage all the same. */
const wrongMark = 'reported_wrongly';

/** Whether a usage, as the AI SDK hands it on raw, is one whose counts were none. */
export function reportedWrongly(usage: object | undefined): boolean {
  return usage !== undefined && wrongMark in usage;
}

/**
 * Fetches a provider's event stream (the HTML standard's server-sent events) with every `usage` in it made sound:
 * the AI SDK gives a whole reply up for a count that is a text. Follows no redirect, which could carry a key elsewhere.
 */
export function withSoundUsage(fetch: Fetch): Fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' });
    const type = response.headers.get('Content-Type') ?? '';
    if (!response.ok || response.body === null || !type.includes('event-stream')) return response;
    const body = response.body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(soundLines())
      .pipeThrough(new TextEncoderStream());
    return new Response(body, { status: response.status, headers: response.headers });
  };
}

function soundLines(): TransformStream<string, string> {
  let begun = '';
  return new TransformStream({
    transform(text, controller) {
      const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
      if (end === 0) begun += text;
      else {
        controller.enqueue((begun + text.slice(0, end)).replace(/^data:.*"usage".*$/gm, soundLine));
        begun = text.slice(end);
      }
      if (begun.length > longestLine) throw new Error('A line of the provider does not end.');
    },
    flush(controller) {
      controller.enqueue(begun.replace(/^data:.*"usage".*$/gm, soundLine));
    },
  });
}

function soundLine(line: string): string {
  try {
    const event = JSON.parse(line.slice('data:'.length)) as Record<string, unknown>;
    const message = event['message'];
    const isAnthropic = typeof event['type'] === 'string';
    if (isRecord(message) && 'usage' in message) message['usage'] = soundCounts(message['usage'], true);
    if ('usage' in event) event['usage'] = soundCounts(event['usage'], isAnthropic);
    return `data: ${JSON.stringify(event)}`;
  } catch {
    return line;
  }
}

/** The counts of a usage, or what stands for one that has none: nothing at all, or noughts that are marked. */
function soundCounts(usage: unknown, isNeeded: boolean): unknown {
  const counts = isRecord(usage)
    ? countNames.flatMap((name) => (name in usage ? [[name, usage[name]]] : []))
    : [];
  const isSound = counts.length > 0 && counts.every(([, count]) => Number.isFinite(count) || count === null);
  if (isSound) return { ...(isNeeded ? { output_tokens: 0 } : {}), ...Object.fromEntries(counts) };
  return isNeeded ? { input_tokens: 0, output_tokens: 0, [wrongMark]: true } : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
