import fc from 'fast-check';
import { recordings } from '../ai/recordings.js';

/** The response of a provider to one request, and how it is sent. */
export interface ScriptedReply {
  status: number;
  contentType: string;
  body: Buffer;
  /** Where the body is split into writes, as fractions of its length. */
  splits: readonly number[];
  /** The delay between two writes. */
  delayMs: number;
  /** What happens to the connection after the body. */
  end: 'ends' | 'stays open' | 'closes' | 'resets';
}

const foreign = [
  'data: [DONE]\n\n',
  ': comment\n\n',
  'data:\n\n',
  '\n',
  '\r\r\r',
  '\ufeff',
  'data: no JSON\n\n',
  'data: {"choices":\n\n',
  '<!doctype html><title>Bad gateway</title>\n\n',
  '{"error":{"message":"x","type":"server_error"}}',
  'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n',
  'data: {"error":{"message":"x","code":429}}\n\n',
  'data: {"error":{"message":"prompt is too long","code":400}}\n\n',
  'data: {"error":{"message":"x","code":"content_filter"}}\n\n',
  'data: {"type":"message_stop"}\n\n',
  'data: {"choices":[{"delta":{"content":"\\u0000\\ud83d\\ufeff"}}]}\n\n',
  'data: {"choices":[{"delta":{"tool_calls":[{"index":1e9,"function":{"arguments":"}{"}}]}}]}\n\n',
  'data: {"choices":[{"delta":{},"finish_reason":"error"}],"usage":{"prompt_tokens":1e308,"completion_tokens":-1}}\n\n',
  'data: {"type":"content_block_start","index":-1,"content_block":{"type":"tool_use"}}\n\n',
  'event: ping\ndata: {"type":"ping"}\n\n',
  'id: 1\nretry: x\n\n',
  '\0\0\0',
  `data: {"choices":[{"delta":{"content":"${'long '.repeat(20_000)}"}}]}\n\n`,
];

const oddValue = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  7.5,
  1e308,
  '',
  'text',
  '\0',
  '\ud83d',
  [],
  [null],
  {},
  { type: 'text', text: 'x' },
  [[[[]]]],
);

type Mutation = (events: string[]) => string[];

const position = fc.nat({ max: 1000 });
const at = (events: readonly unknown[], place: number) => (events.length === 0 ? 0 : place % events.length);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  position.map(
    (place): Mutation =>
      (events) =>
        events.toSpliced(at(events, place), 1),
  ),
  position.map(
    (place): Mutation =>
      (events) =>
        events.toSpliced(at(events, place), 0, events[at(events, place)] ?? ''),
  ),
  fc.tuple(position, position).map(([from, to]): Mutation => (events) => {
    const [moved = ''] = events.slice(at(events, from), at(events, from) + 1);
    return events.toSpliced(at(events, from), 1).toSpliced(at(events, to), 0, moved);
  }),
  fc.tuple(position, fc.constantFrom(...foreign)).map(
    ([place, text]): Mutation =>
      (events) =>
        events.toSpliced(at(events, place), 0, text),
  ),
  fc.tuple(position, position, position).map(([place, recording, event]): Mutation => (events) => {
    const other = eventsOf(recordings[at(recordings, recording)]?.body ?? '');
    return events.toSpliced(at(events, place), 0, other[at(other, event)] ?? '');
  }),
  fc.tuple(position, position).map(
    ([place, offset]): Mutation =>
      (events) =>
        events.map((event, index) =>
          index === at(events, place) ? event.slice(0, offset % (event.length + 1)) : event,
        ),
  ),
  fc.tuple(position, position, oddValue).map(
    ([place, where, value]): Mutation =>
      (events) =>
        events.map((event, index) =>
          index === at(events, place) ? withOddValue(event, where, value) : event,
        ),
  ),
  fc.constant<Mutation>((events) => events.map((event) => event.replaceAll('\n', '\r\n'))),
);

function eventsOf(body: string): string[] {
  return body.split(/(?<=\n\n)/);
}

/** Replaces one value in the JSON of an event. */
function withOddValue(event: string, where: number, value: unknown): string {
  const begin = event.indexOf('{');
  if (begin === -1) return event;
  try {
    let seen = 0;
    const parsed: unknown = JSON.parse(event.slice(begin));
    const count = countOf(parsed);
    const changed = JSON.stringify(parsed, (_, old: unknown) =>
      (seen += 1) - 1 === where % count ? value : old,
    );
    return `${event.slice(0, begin)}${changed}\n\n`;
  } catch {
    return event;
  }
}

function countOf(value: unknown): number {
  let count = 0;
  JSON.stringify(value, (_, inner: unknown) => {
    count += 1;
    return inner;
  });
  return count;
}

const fraction = fc.nat({ max: 1000 }).map((thousandths) => thousandths / 1000);

function sometimes<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

const mutatedBody = fc
  .tuple(
    fc.nat({ max: recordings.length - 1 }),
    fc.array(mutation, { maxLength: 4 }),
    sometimes(fraction),
    sometimes(fc.tuple(fraction, fc.nat({ max: 255 }))),
  )
  .map(([recording, mutations, cutAt, wrongByte]) => {
    const events = eventsOf(recordings[recording]?.body ?? '');
    const bytes = Buffer.from(mutations.reduce((changed, mutate) => mutate(changed), events).join(''));
    const body = cutAt === null ? bytes : bytes.subarray(0, Math.floor(cutAt * bytes.length));
    if (wrongByte !== null && body.length > 0)
      body[Math.floor(wrongByte[0] * (body.length - 1))] = wrongByte[1];
    return { provider: recordings[recording]?.provider, body };
  });

/** Mutated recordings of replies, with the kind of provider that must read them. */
export const scriptedReply: fc.Arbitrary<ScriptedReply & { provider: 'openai-compatible' | 'anthropic' }> = fc
  .record({
    mutated: mutatedBody,
    status: fc.oneof(
      { weight: 9, arbitrary: fc.constant(200) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(201, 204, 307, 400, 401, 404, 413, 422, 429, 500, 503, 529, 999),
      },
    ),
    contentType: fc.constantFrom(
      'text/event-stream',
      'text/event-stream; charset=utf-8',
      'application/json',
      'text/html',
    ),
    splits: fc.array(fraction, { maxLength: 6 }),
    delayMs: fc.constantFrom(0, 0, 0, 1, 5, 40),
    end: fc.constantFrom<ScriptedReply['end']>('ends', 'ends', 'ends', 'stays open', 'closes', 'resets'),
    isOther: fc.boolean(),
  })
  .map(({ mutated: { provider = 'anthropic', body }, isOther, ...how }) => {
    const other = provider === 'anthropic' ? 'openai-compatible' : 'anthropic';
    // One in eight has the format of another provider.
    return { ...how, body, provider: isOther && body.length % 4 === 0 ? other : provider };
  });
