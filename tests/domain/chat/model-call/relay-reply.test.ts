import fc from 'fast-check';
import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { emptyReply } from '../../../../src/domain/chat/model-call/gathered-reply.js';
import { DomainError, type ErrorCode, type ErrorDetails } from '../../../../src/domain/errors.js';
import type { ReplyChunk, ReportedUsage } from '../../../../src/ports/ai-model.js';
import { finish, hangsAfter, never, relay, say, scripted, textOf, throwsAfter, yields } from './relayed.js';

const deadlines = { firstChunkTimeoutMs: 100, idleTimeoutMs: 50, totalTimeoutMs: 1000 };
const timedOut = { outcome: 'failed', error: { code: 'provider_timeout' } };
const failed = { outcome: 'failed', error: { code: 'provider_failed' } };

describe('deadlines', () => {
  test('a model that sends nothing is given up at its first-piece deadline, not before', async () => {
    const offer = scripted(deadlines, hangsAfter());
    const { clock, read, state } = relay([offer]);
    void read();
    await clock.advance(99);
    expect(state.ended).toBeNull();
    await clock.advance(1);
    expect(state.ended).toMatchObject(timedOut);
    expect(offer.requests[0]?.signal.aborted).toBe(true);
    expect(clock.waiting()).toBe(0);
  });

  test('a model that stalls after a piece is given up at its idle deadline', async () => {
    const offer = scripted(deadlines, hangsAfter(say('Half a')));
    const { clock, read, state, chunks } = relay([offer]);
    void read();
    await clock.advance(49);
    expect(state.ended).toBeNull();
    await clock.advance(1);
    expect(state.ended).toMatchObject(timedOut);
    expect(chunks).toEqual([say('Half a')]);
    expect(offer.requests[0]?.signal.aborted).toBe(true);
  });

  test('a model that drips for ever is given up at its total deadline', async () => {
    const context = relay([
      scripted(deadlines, async function* () {
        for (;;) {
          yield say('.');
          await new Promise<void>((resolve) => context.clock.after(40, resolve));
        }
      }),
    ]);
    void context.read();
    await context.clock.advance(999);
    expect(context.state.ended).toBeNull();
    await context.clock.advance(1);
    expect(context.state.ended).toMatchObject(timedOut);
  });

  test('a sign of life keeps the idle deadline away but is not passed on, and no first piece', async () => {
    const context = relay([
      scripted(
        { ...deadlines, retries: 1 },
        async function* () {
          for (let second = 0; second < 5; second += 1) {
            yield say('');
            await new Promise<void>((resolve) => context.clock.after(40, resolve));
          }
          throw new Error('broken');
        },
        yields(say('Thought.'), finish),
      ),
    ]);
    void context.read();
    await context.clock.advance(1000);
    expect(context.state.ended).toMatchObject({ outcome: 'complete', text: 'Thought.' });
    expect(context.chunks).toEqual([say('Thought.')]);
  });

  test('a slow reader does not count against the idle deadline, but against the total one', async () => {
    const offer = scripted(deadlines, hangsAfter(say('a'), say('b')));
    const { clock, reply } = relay([offer]);
    await reply.next();
    await clock.advance(900);
    expect(await reply.next()).toEqual({ done: false, value: say('b') });
    await clock.advance(100);
    expect(offer.requests[0]?.signal.aborted).toBe(true);
    expect(await reply.next()).toMatchObject({ value: { type: 'end', reply: timedOut } });
  });

  test('the total deadline counts over all attempts at one model', async () => {
    const offer = scripted({ ...deadlines, totalTimeoutMs: 420, retries: 9 }, hangsAfter());
    const { clock, read, state } = relay([offer]);
    void read();
    await clock.advance(420);
    expect(state.ended).toMatchObject(timedOut);
    expect(offer.requests).toHaveLength(2);
    expect(clock.waiting()).toBe(0);
  });
});

describe('retries and fallbacks', () => {
  const broken = new Error('broken');

  test('a model is asked again while nothing has come of it', async () => {
    const offer = scripted(
      { retries: 2 },
      throwsAfter(broken),
      yields({ type: 'alive' }),
      yields(say('At last.'), finish),
    );
    const { clock, read, state } = relay([offer]);
    void read();
    await clock.advance(750);
    expect(state.ended).toMatchObject({ outcome: 'complete', text: 'At last.', repliedBy: offer });
    expect(offer.requests).toHaveLength(3);
  });

  test('it is asked no more often than it is offered', async () => {
    const offer = scripted({ retries: 2 }, throwsAfter(broken));
    const { clock, read, state } = relay([offer]);
    void read();
    await clock.advance(60_000);
    expect(state.ended).toMatchObject(failed);
    expect(offer.requests).toHaveLength(3);
  });

  test('what no retry can change is not tried again, but the fallback is asked', async () => {
    const hopeless = new DomainError('provider_failed', 'No.', { retryable: false });
    const first = scripted({ retries: 5 }, throwsAfter(hopeless));
    const second = scripted({ name: 'second' }, yields(say('Here.'), finish));
    const { read } = relay([first, second]);
    expect(await read()).toMatchObject({ outcome: 'complete', repliedBy: second });
    expect(first.requests).toHaveLength(1);
  });

  test('after its first piece a model is neither asked again nor replaced', async () => {
    const first = scripted({ retries: 5 }, throwsAfter(broken, say('Half a')));
    const second = scripted({}, yields(say('Whole.'), finish));
    const { read } = relay([first, second]);
    expect(await read()).toMatchObject(failed);
    expect(first.requests).toHaveLength(1);
    expect(second.requests).toHaveLength(0);
  });

  test('when all fail, the last one says why', async () => {
    const last = new DomainError('provider_timeout', 'The last one.');
    const { read } = relay([scripted({}, throwsAfter(broken)), scripted({}, throwsAfter(last))]);
    expect(await read()).toEqual({ ...emptyReply, outcome: 'failed', error: last });
  });

  test('a model that cannot do what is asked is passed over', async () => {
    const echo = scripted({}, yields(say('Echo'), finish));
    const deaf = { ...echo, model: { ...echo.model, unsupported: ['tools'] as const } };
    const tools = [{ name: 'look', description: null, parameters: {} }];
    expect(await relay([deaf], { tools }).read()).toMatchObject(failed);
    expect(await relay([deaf, echo], { tools }).read()).toMatchObject({ repliedBy: echo });
    expect(await relay([deaf], { sampling: { seed: 1 } }).read()).toMatchObject({ repliedBy: deaf });
  });

  test('each model is asked for no more than it writes', async () => {
    const first = scripted({ maxOutputTokens: 10 }, throwsAfter(broken));
    const second = scripted({ maxOutputTokens: 100 }, yields(say('Hi'), finish));
    await relay([first, second], { maxOutputTokens: 50 }).read();
    expect(first.requests[0]?.maxOutputTokens).toBe(10);
    expect(second.requests[0]?.maxOutputTokens).toBe(50);
  });

  test('nobody waits for a retry once the reader has left', async () => {
    const offer = scripted({ retries: 5 }, throwsAfter(broken));
    const { clock, reader, read, state } = relay([offer, offer]);
    void read();
    await clock.advance(10);
    reader.abort();
    await clock.advance(0);
    expect(state.ended).toEqual({ ...emptyReply, outcome: 'abandoned', repliedBy: offer });
    expect(offer.requests).toHaveLength(1);
    expect(clock.waiting()).toBe(0);
  });
});

describe('a reader who leaves', () => {
  test.each([
    ['before the first piece', []],
    ['in the middle', [say('Half a')]],
  ])('%s stops a model that ignores it, and at once', async (_, before) => {
    const offer = scripted({}, hangsAfter(...before));
    const { clock, reader, read, state } = relay([offer]);
    void read();
    await clock.advance(0);
    reader.abort('gone');
    expect(offer.requests[0]?.signal.aborted).toBe(true);
    await clock.advance(0);
    expect(state.ended).toEqual({
      ...emptyReply,
      outcome: 'abandoned',
      text: textOf(before),
      repliedBy: offer,
    });
  });

  test('without a word, by no longer reading, stops the model as well', async () => {
    let isPutAway = false;
    const offer = scripted({}, async function* () {
      try {
        yield say('a');
        await never;
      } finally {
        isPutAway = true;
      }
    });
    const { clock, reply } = relay([offer]);
    await reply.next();
    await reply.return();
    expect(offer.requests[0]?.signal.aborted).toBe(true);
    await clock.advance(0);
    expect(isPutAway).toBe(true);
    expect(clock.waiting()).toBe(0);
  });

  test('before anything is asked costs nobody anything', async () => {
    const offer = scripted({}, yields(say('Hi'), finish));
    const { read } = relay([offer], { signal: AbortSignal.abort() });
    expect(await read()).toMatchObject({ outcome: 'abandoned', text: '' });
    expect(offer.requests).toHaveLength(0);
  });
});

describe('what is passed on', () => {
  test('is the very text, and never half a character, wherever it was split', async () => {
    await fc.assert(
      fc.asyncProperty(characters, fc.array(fc.nat(40)), async (written, cuts) => {
        const whole = `.${written}`;
        const offer = scripted({}, yields(...cutAt(whole, cuts).map(say), finish));
        const { read, chunks } = relay([offer]);
        expect(await read()).toMatchObject({ outcome: 'complete', text: whole });
        expect(textOf(chunks)).toBe(whole);
        for (const chunk of chunks) expect(hasWholeCharacters([chunk])).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['half a character at its end', ['a\ud83d'], 'a\ufffd'],
    ['half a character within', ['a\ud83d', 'b'], 'a\ufffdb'],
    ['two halves that do not fit', ['\ud83d', '\ud83d', '\udd89'], '\ufffd\ud83d\udd89'],
    ['the other half alone', ['a', '\udd89'], 'a\ufffd'],
    ['NUL', ['a', '\0', 'b\0\0'], 'a\ufffdb\ufffd\ufffd'],
    ['a byte order mark first', ['\uFEFFa'], '\ufffda'],
    ['a byte order mark after nothing', ['', '\uFEFF', '\uFEFF'], '\ufffd\uFEFF'],
  ])('has U+FFFD for what cannot be stored, and the reply goes on: %s', async (_, words, whole) => {
    const { read, chunks } = relay([scripted({}, yields(...words.map(say), finish))]);
    expect(await read()).toMatchObject({ outcome: 'complete', text: whole });
    expect(textOf(chunks)).toBe(whole);
    expect(hasWholeCharacters(chunks)).toBe(true);
  });

  test('has U+FFFD in calls of tools as well, and split characters of arguments stay whole', async () => {
    const call = (id: string, json: string): ReplyChunk => ({
      type: 'tool_call',
      call: { id, name: 'lo\0ok', arguments: json },
    });
    const more = (index: number, json: string): ReplyChunk => ({ type: 'tool_arguments', index, text: json });
    const { read, chunks } = relay([
      scripted(
        {},
        yields(
          call('\ud83d', '{"a":"\ud83e'),
          call('2', '\uFEFF'),
          more(0, '\udd89\0'),
          more(1, '[\ud83e'),
          more(0, '"}'),
          finish,
        ),
      ),
    ]);
    expect(await read()).toMatchObject({
      toolCalls: [
        { id: '\ufffd', name: 'lo\ufffdok', arguments: '{"a":"\ud83e\udd89\ufffd"}' },
        { id: '2', arguments: '\ufffd[\ufffd' },
      ],
    });
    const streamed = chunks.flatMap((chunk) => (chunk.type === 'tool_arguments' ? [chunk] : []));
    expect(streamed).toEqual([more(0, '\ud83e\udd89\ufffd'), more(1, '['), more(0, '"}'), more(1, '\ufffd')]);
  });

  test.each(['', ' ', '\n'])('has {} as the arguments of a call that came with %j', async (json) => {
    const call = { id: '1', name: 'look', arguments: json };
    const { read, chunks } = relay([scripted({}, yields({ type: 'tool_call', call }, finish))]);
    expect(await read()).toMatchObject({ toolCalls: [{ arguments: `${json}{}` }] });
    expect(chunks).toEqual([
      { type: 'tool_call', call },
      { type: 'tool_arguments', index: 0, text: '{}' },
    ]);
  });

  test('fails where arguments come for a call that did not begin', async () => {
    const stray: ReplyChunk = { type: 'tool_arguments', index: 1, text: '{}' };
    const { read } = relay([scripted({}, yields(say('Half'), stray, finish))]);
    expect(await read()).toMatchObject({ ...failed, text: 'Half' });
  });

  test('may have a byte order mark where it does no harm', async () => {
    const { read } = relay([scripted({}, yields(say('a'), say('\uFEFFb'), finish))]);
    expect(await read()).toMatchObject({ outcome: 'complete', text: 'a\uFEFFb' });
  });

  test('is whole characters when the reader leaves within one', async () => {
    const { clock, reader, read, state } = relay([scripted({}, hangsAfter(say('owl \ud83e')))]);
    void read();
    await clock.advance(0);
    reader.abort();
    await clock.advance(0);
    expect(state.ended).toMatchObject({ outcome: 'abandoned', text: 'owl ' });
  });

  test('ends where it becomes too long, counted in characters, tools included', async () => {
    const call: ReplyChunk = { type: 'tool_call', call: { id: '1', name: 'look', arguments: '{"a":1}' } };
    const terms = { maxReplyChars: 13 };
    const enough = relay([scripted(terms, yields(say('🦉'), call, finish))]);
    expect(await enough.read()).toMatchObject({ outcome: 'complete', toolCalls: [{ id: '1' }] });
    const tooMuch = scripted(terms, yields(say('🦉'), call, say('!'), finish));
    const { read, chunks } = relay([tooMuch]);
    expect(await read()).toMatchObject(failed);
    expect(chunks).toHaveLength(2);
    expect(tooMuch.requests[0]?.signal.aborted).toBe(true);
  });
});

describe('the end of a reply', () => {
  test.each(['stop', 'length', 'content_filter', 'other'] as const)(
    'by %s without any text is complete, and the model is not asked again',
    async (reason) => {
      const offer = scripted(
        { retries: 5 },
        yields({ type: 'reasoning', text: 'Hm.' }, { type: 'finish', reason, usage: null }),
      );
      const { read } = relay([offer]);
      expect(await read()).toMatchObject({ outcome: 'complete', text: '', reason, repliedBy: offer });
      expect(offer.requests).toHaveLength(1);
    },
  );

  test('does not wait for the model to end, nor for what it does after that', async () => {
    const offer = scripted({ idleTimeoutMs: 50 }, hangsAfter(say('Whole.'), finish));
    const broken = scripted({}, throwsAfter(new Error('reset'), say('Whole.'), finish));
    for (const one of [offer, broken]) {
      const { clock, read, state } = relay([one]);
      void read();
      await clock.advance(0);
      expect(state.ended).toMatchObject({ outcome: 'complete', text: 'Whole.' });
      expect(clock.waiting()).toBe(0);
    }
  });

  test('a failed reply says what had come of it', async () => {
    const call = { id: '1', name: 'look', arguments: '{"a' };
    const { read } = relay([
      scripted({}, throwsAfter(new Error('broken'), say('Half a'), { type: 'tool_call', call })),
    ]);
    expect(await read()).toMatchObject({ ...failed, text: 'Half a', toolCalls: [call] });
  });
});

describe('the usage that is known', () => {
  const usage = (input: unknown, output: unknown): ReplyChunk => ({
    type: 'usage',
    usage: { input, output } as ReportedUsage,
  });

  test.each([
    ['is null without a report', [], null, { input: null, output: null }],
    ['is the last report', [usage(1, 1), usage(7, 9)], null, { input: 7, output: 9 }],
    ['comes with the finish as well', [usage(1, 1)], { input: 7, output: 9 }, { input: 7, output: 9 }],
    [
      'is not replaced by zeros',
      [usage(7, 9), usage(0, 0)],
      { input: 0, output: 0 },
      { input: 7, output: 9 },
    ],
    ['is not replaced by nothing', [usage(7, 9), usage(null, undefined)], null, { input: 7, output: 9 }],
    ['is not replaced by what is no count', [usage(7, 9), usage(NaN, '8')], null, { input: 7, output: 9 }],
    ['is not replaced by less than nothing', [usage(7, 9), usage(-1, -1e300)], null, { input: 7, output: 9 }],
    ['is known class by class', [usage(77, 0), usage(null, 5)], null, { input: 77, output: 5 }],
    ['is never zero', [usage(0, 0)], null, { input: null, output: null }],
    ['is never infinite', [usage(Infinity, 1e300)], null, { input: null, output: Number.MAX_SAFE_INTEGER }],
  ])('%s', async (_, reports, last, reported) => {
    const { read } = relay([
      scripted({}, yields(...reports, say('Hi'), { type: 'finish', reason: 'stop', usage: last })),
    ]);
    expect(await read()).toMatchObject({ outcome: 'complete', reported });
  });
});

describe('errors of providers', () => {
  const rejects = (code: ErrorCode, details: ErrorDetails = {}) =>
    throwsAfter(new DomainError(code, 'No.', details));
  const told = async (chain: readonly [ReturnType<typeof scripted>, ...ReturnType<typeof scripted>[]]) => {
    const { clock, read, state } = relay(chain);
    void read();
    await clock.advance(60_000);
    return state.ended;
  };

  test.each(['unsupported_parameter', 'content_filtered'] as const)(
    '%s ends it: no repeat and no fallback changes what was asked',
    async (code) => {
      const first = scripted({ retries: 5 }, rejects(code));
      const second = scripted({}, yields(say('Hi'), finish));
      expect(await told([first, second])).toMatchObject({ outcome: 'failed', error: { code } });
      expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
    },
  );

  test('a request that is too long for one model is for the next one that reads more', async () => {
    const first = scripted({ contextTokens: 10, retries: 5 }, rejects('context_length_exceeded'));
    const same = scripted({ contextTokens: 10 }, yields(say('Hi'), finish));
    const larger = scripted({ contextTokens: 11 }, yields(say('Hi'), finish));
    expect(await told([first, same, larger])).toMatchObject({ outcome: 'complete', repliedBy: larger });
    expect([first.requests.length, same.requests.length]).toEqual([1, 0]);
    expect(await told([first, same])).toMatchObject({ error: { code: 'context_length_exceeded' } });
    const down = scripted({ contextTokens: 12 }, throwsAfter(new Error('down')));
    expect(await told([first, down])).toMatchObject({ error: { code: 'context_length_exceeded' } });
  });

  test('a busy model is asked again where it asks for a short pause, and then its fallback is', async () => {
    const soon = scripted(
      { retries: 1 },
      rejects('provider_busy', { retryAfterSeconds: 0.5 }),
      yields(say('Hi'), finish),
    );
    expect(await told([soon])).toMatchObject({ outcome: 'complete' });
    const late = scripted({ retries: 5 }, rejects('provider_busy', { retryAfterSeconds: 30 }));
    const fallback = scripted({}, yields(say('Hi'), finish));
    expect(await told([late, fallback])).toMatchObject({ outcome: 'complete', repliedBy: fallback });
    expect(late.requests).toHaveLength(1);
  });

  test('that a model is busy is told whatever becomes of the others', async () => {
    const busy = scripted({}, rejects('provider_busy', { retryAfterSeconds: 30 }));
    const down = scripted({}, throwsAfter(new Error('down')));
    const expected = { error: { code: 'provider_busy', details: { retryAfterSeconds: 30 } } };
    expect(await told([busy, down])).toMatchObject(expected);
    expect(await told([down, busy])).toMatchObject(expected);
  });

  test('a fallback that rejects the request does not speak for the model that was asked for', async () => {
    const down = scripted({}, throwsAfter(new Error('down')));
    const picky = scripted({}, rejects('unsupported_parameter'));
    const third = scripted({}, yields(say('Hi'), finish));
    expect(await told([down, picky])).toMatchObject(failed);
    expect(await told([down, picky, third])).toMatchObject({ outcome: 'complete', repliedBy: third });
  });

  test('an error that a model may not throw is provider_failed', async () => {
    expect(await told([scripted({}, rejects('insufficient_credits'))])).toMatchObject(failed);
  });

  test('a fallback is passed over where it takes no value as high as the one asked for', async () => {
    const down = scripted({}, throwsAfter(new Error('down')));
    const low = scripted({}, yields(say('Hi'), finish));
    const limited = { ...low, model: { ...low.model, limits: { temperature: 1 } } };
    const { read } = relay([down, limited], { sampling: { temperature: 1.5 } });
    expect(await read()).toMatchObject(failed);
    expect(low.requests).toHaveLength(0);
    expect(await relay([down, limited], { sampling: { temperature: 1 } }).read()).toMatchObject({
      outcome: 'complete',
    });
  });
});

test('a model that falls silent after a sign of life is given up at its idle deadline', async () => {
  const { clock, read, state } = relay([scripted(deadlines, hangsAfter({ type: 'alive' }))]);
  void read();
  await clock.advance(49);
  expect(state.ended).toBeNull();
  await clock.advance(1);
  expect(state.ended).toMatchObject(timedOut);
});

test('a model that only gives signs of life is ended by the total deadline, and by no other', async () => {
  const context = relay([
    scripted(deadlines, async function* () {
      for (;;) {
        yield { type: 'alive' };
        await new Promise<void>((resolve) => context.clock.after(40, resolve));
      }
    }),
  ]);
  void context.read();
  await context.clock.advance(999);
  expect(context.state.ended).toBeNull();
  await context.clock.advance(1);
  expect(context.state.ended).toMatchObject({ ...timedOut, text: '' });
  expect(context.chunks).toEqual([]);
});

test('after a reply no timer and no listener remains, however it ended', async () => {
  const attempts = [
    yields(say('Hi'), finish),
    yields(),
    throwsAfter(new Error('broken')),
    throwsAfter(new Error('broken'), say('Half a')),
    () => {
      throw new Error('broken at once');
    },
    hangsAfter(),
    hangsAfter(say('Half a')),
  ];
  const reader = new AbortController();
  for (const attempt of attempts) {
    const { clock, read, state } = relay([scripted({ retries: 1 }, attempt)], { signal: reader.signal });
    void read();
    await clock.advance(300_000);
    expect(state.ended).not.toBeNull();
    expect(clock.waiting()).toBe(0);
    expect(getEventListeners(reader.signal, 'abort')).toEqual([]);
  }
});

function cutAt(text: string, cuts: readonly number[]): string[] {
  const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
  return places.slice(1).map((end, position) => text.slice(places[position], end));
}

/** Of one code unit and of two, and never NUL. */
const characters = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff })))
  .map((codePoints) => String.fromCodePoint(...codePoints));

/** Half a character cannot be written as UTF-8, and comes back as another one. */
function hasWholeCharacters(chunks: readonly ReplyChunk[]): boolean {
  return Buffer.from(textOf(chunks), 'utf8').toString('utf8') === textOf(chunks);
}
