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
  test('a model that sends nothing is stopped at its first-chunk deadline, not before', async () => {
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

  test('a model that stalls after a chunk is stopped at its idle deadline', async () => {
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

  test('a model that never ends is stopped at its total deadline', async () => {
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

  test('a sign of life resets the idle deadline, but is not passed on and is not a first chunk', async () => {
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

  test('the idle deadline does not count the time of a slow reader; the total one does', async () => {
    const offer = scripted(deadlines, hangsAfter(say('a'), say('b')));
    const { clock, read, readChunk, chunks, state } = relay([offer], {}, { isSlow: true });
    void read();
    await clock.advance(900);
    expect(chunks).toEqual([say('a')]);
    readChunk();
    await clock.advance(99);
    expect(chunks).toEqual([say('a'), say('b')]);
    expect(offer.requests[0]?.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(offer.requests[0]?.signal.aborted).toBe(true);
    readChunk();
    await clock.advance(0);
    expect(state.ended).toMatchObject(timedOut);
  });

  test('the total deadline covers all attempts at one model', async () => {
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

  test('a failed request is repeated while no chunk has come', async () => {
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

  test('it is repeated no more often than the offer allows', async () => {
    const offer = scripted({ retries: 2 }, throwsAfter(broken));
    const { clock, read, state } = relay([offer]);
    void read();
    await clock.advance(60_000);
    expect(state.ended).toMatchObject(failed);
    expect(offer.requests).toHaveLength(3);
  });

  test('an error that is not retryable is not repeated, but the fallback is asked', async () => {
    const hopeless = new DomainError('provider_failed', 'No.', { retryable: false });
    const first = scripted({ retries: 5 }, throwsAfter(hopeless));
    const second = scripted({ name: 'second' }, yields(say('Here.'), finish));
    const { read } = relay([first, second]);
    expect(await read()).toMatchObject({ outcome: 'complete', repliedBy: second });
    expect(first.requests).toHaveLength(1);
  });

  test('after its first chunk a model is neither asked again nor replaced', async () => {
    const first = scripted({ retries: 5 }, throwsAfter(broken, say('Half a')));
    const second = scripted({}, yields(say('Whole.'), finish));
    const { read } = relay([first, second]);
    expect(await read()).toMatchObject(failed);
    expect(first.requests).toHaveLength(1);
    expect(second.requests).toHaveLength(0);
  });

  test('each model of the chain that failed is named, but not one that rejected the request or was skipped', async () => {
    const failing = (name: string) => scripted({ name }, throwsAfter(broken));
    const replying = scripted({ name: 'replying' }, yields(say('Here.'), finish));
    const replied = relay([failing('first'), failing('second'), replying]);
    expect(await replied.read()).toMatchObject({ outcome: 'complete', failedModels: ['first', 'second'] });
    const tooLong = new DomainError('context_length_exceeded', 'Too long.');
    const small = scripted({ name: 'small', contextTokens: 10 }, throwsAfter(tooLong));
    const skipped = scripted({ name: 'skipped', contextTokens: 10 }, throwsAfter(broken));
    const rejected = relay([small, skipped, failing('third'), replying]);
    expect(await rejected.read()).toMatchObject({ outcome: 'complete', failedModels: ['third'] });
    const midway = scripted({ name: 'midway' }, throwsAfter(broken, say('Half a')));
    expect(await relay([failing('first'), midway]).read()).toMatchObject({
      outcome: 'failed',
      failedModels: ['first', 'midway'],
    });
  });

  test('if all models fail, the error is that of the last one', async () => {
    const last = new DomainError('provider_timeout', 'The last one.');
    const { read } = relay([scripted({}, throwsAfter(broken)), scripted({}, throwsAfter(last))]);
    expect(await read()).toEqual({
      ...emptyReply,
      failedModels: ['echo', 'echo'],
      outcome: 'failed',
      error: last,
    });
  });

  test('a model that does not support the request is not asked', async () => {
    const echo = scripted({}, yields(say('Echo'), finish));
    const deaf = { ...echo, model: { ...echo.model, unsupported: ['tools'] as const } };
    const tools = [{ name: 'look', description: null, parameters: {} }];
    expect(await relay([deaf], { tools }).read()).toMatchObject(failed);
    expect(await relay([deaf, echo], { tools }).read()).toMatchObject({ repliedBy: echo });
    expect(await relay([deaf], { sampling: { seed: 1 } }).read()).toMatchObject({ repliedBy: deaf });
  });

  test('a model without the capability that the request requires is not asked', async () => {
    const png = { type: 'image', source: { type: 'url', url: 'https://x.example/a.png' } } as const;
    const messages = [{ role: 'user', parts: [png] }] as const;
    const blind = scripted({ capabilities: ['tools'] }, yields(say('Blind'), finish));
    const down = scripted({}, throwsAfter(new Error('down')));
    const seeing = scripted({ capabilities: ['images'] }, yields(say('A cat'), finish));
    expect(await relay([down, blind, seeing], { messages }).read()).toMatchObject({ repliedBy: seeing });
    expect(blind.requests).toHaveLength(0);
    expect(await relay([blind], { messages }).read()).toMatchObject(failed);
  });

  test('reasoning that is off is only sent to a model that reasons', async () => {
    const asked = { reasoning: { mode: 'off' } } as const;
    const plain = scripted({ capabilities: [] }, yields(say('Hi'), finish));
    expect(await relay([plain], asked).read()).toMatchObject({ outcome: 'complete' });
    expect(plain.requests[0]).not.toHaveProperty('reasoning');
    const reasoning = scripted({}, yields(say('Hi'), finish));
    await relay([reasoning], asked).read();
    expect(reasoning.requests[0]?.reasoning).toEqual({ mode: 'off' });
    const effort = { reasoning: { mode: 'effort', effort: 'low' } } as const;
    expect(await relay([scripted({ capabilities: [] }, yields(finish))], effort).read()).toMatchObject(
      failed,
    );
  });

  test('each model is asked for no more tokens than it can write', async () => {
    const first = scripted({ maxOutputTokens: 10 }, throwsAfter(broken));
    const second = scripted({ maxOutputTokens: 100 }, yields(say('Hi'), finish));
    await relay([first, second], { maxOutputTokens: 50 }).read();
    expect(first.requests[0]?.maxOutputTokens).toBe(10);
    expect(second.requests[0]?.maxOutputTokens).toBe(50);
  });

  test('no retry follows once the caller has disconnected', async () => {
    const offer = scripted({ retries: 5 }, throwsAfter(broken));
    const { clock, reader, read, state } = relay([offer, offer]);
    void read();
    await clock.advance(10);
    reader.abort();
    await clock.advance(0);
    expect(state.ended).toEqual({
      ...emptyReply,
      failedModels: [],
      outcome: 'abandoned',
      repliedBy: offer,
    });
    expect(offer.requests).toHaveLength(1);
    expect(clock.waiting()).toBe(0);
  });
});

describe('a caller who disconnects', () => {
  test.each([
    ['before the first chunk', []],
    ['in the middle', [say('Half a')]],
  ])('%s ends the reply at once, even if the model ignores it', async (_, before) => {
    const offer = scripted({}, hangsAfter(...before));
    const { clock, reader, read, state } = relay([offer]);
    void read();
    await clock.advance(0);
    reader.abort('gone');
    expect(offer.requests[0]?.signal.aborted).toBe(true);
    await clock.advance(0);
    expect(state.ended).toEqual({
      ...emptyReply,
      failedModels: [],
      outcome: 'abandoned',
      text: textOf(before),
      parts: textOf(before) === '' ? [] : [{ type: 'text', text: textOf(before) }],
      repliedBy: offer,
    });
  });

  test('while a chunk waits to be read stops the model as well', async () => {
    let isClosed = false;
    const offer = scripted({}, async function* () {
      try {
        yield say('a');
        await never;
      } finally {
        isClosed = true;
      }
    });
    const { clock, reader, read, readChunk, state } = relay([offer], {}, { isSlow: true });
    void read();
    await clock.advance(0);
    reader.abort();
    expect(offer.requests[0]?.signal.aborted).toBe(true);
    readChunk();
    await clock.advance(0);
    expect(state.ended).toMatchObject({ outcome: 'abandoned', text: 'a' });
    expect(isClosed).toBe(true);
    expect(clock.waiting()).toBe(0);
  });

  test('before the request is sent is not charged, and the model is not asked', async () => {
    const offer = scripted({}, yields(say('Hi'), finish));
    const { read } = relay([offer], { signal: AbortSignal.abort() });
    expect(await read()).toMatchObject({ outcome: 'abandoned', text: '' });
    expect(offer.requests).toHaveLength(0);
  });
});

describe('the reply that is passed on', () => {
  test('is the exact text without half characters, wherever it was split', async () => {
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
  ])('has U+FFFD for a character that cannot be stored, and continues: %s', async (_, words, whole) => {
    const { read, chunks } = relay([scripted({}, yields(...words.map(say), finish))]);
    expect(await read()).toMatchObject({ outcome: 'complete', text: whole });
    expect(textOf(chunks)).toBe(whole);
    expect(hasWholeCharacters(chunks)).toBe(true);
  });

  test('has U+FFFD in tool calls as well, and split characters of arguments are joined', async () => {
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

  test.each(['', ' ', '\n'])('has {} as the arguments of a call that has %j', async (json) => {
    const call = { id: '1', name: 'look', arguments: json };
    const { read, chunks } = relay([scripted({}, yields({ type: 'tool_call', call }, finish))]);
    expect(await read()).toMatchObject({ toolCalls: [{ arguments: `${json}{}` }] });
    expect(chunks).toEqual([
      { type: 'tool_call', call },
      { type: 'tool_arguments', index: 0, text: '{}' },
    ]);
  });

  test('fails if arguments come for a call that has not started', async () => {
    const stray: ReplyChunk = { type: 'tool_arguments', index: 1, text: '{}' };
    const { read } = relay([scripted({}, yields(say('Half'), stray, finish))]);
    expect(await read()).toMatchObject({ ...failed, text: 'Half' });
  });

  test('may have a byte order mark within the text', async () => {
    const { read } = relay([scripted({}, yields(say('a'), say('\uFEFFb'), finish))]);
    expect(await read()).toMatchObject({ outcome: 'complete', text: 'a\uFEFFb' });
  });

  test('has whole characters if the caller disconnects within one', async () => {
    const { clock, reader, read, state } = relay([scripted({}, hangsAfter(say('owl \ud83e')))]);
    void read();
    await clock.advance(0);
    reader.abort();
    await clock.advance(0);
    expect(state.ended).toMatchObject({ outcome: 'abandoned', text: 'owl ' });
  });

  test('fails once it is too long, in characters, tools included', async () => {
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

  test('does not wait for the model to return, nor for what it does after that', async () => {
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

  test('a failed reply has the text and tool calls that had come', async () => {
    const call = { id: '1', name: 'look', arguments: '{"a' };
    const { read } = relay([
      scripted({}, throwsAfter(new Error('broken'), say('Half a'), { type: 'tool_call', call })),
    ]);
    expect(await read()).toMatchObject({ ...failed, text: 'Half a', toolCalls: [call] });
  });
});

describe('the reported usage', () => {
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
  const endOf = async (chain: readonly [ReturnType<typeof scripted>, ...ReturnType<typeof scripted>[]]) => {
    const { clock, read, state } = relay(chain);
    void read();
    await clock.advance(60_000);
    return state.ended;
  };

  test.each(['unsupported_parameter', 'content_filtered'] as const)(
    '%s ends the reply: neither the request is repeated nor a fallback asked',
    async (code) => {
      const first = scripted({ retries: 5 }, rejects(code));
      const second = scripted({}, yields(say('Hi'), finish));
      expect(await endOf([first, second])).toMatchObject({ outcome: 'failed', error: { code } });
      expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
    },
  );

  test('a request that is too long for one model is sent to the next one with a larger context', async () => {
    const first = scripted({ contextTokens: 10, retries: 5 }, rejects('context_length_exceeded'));
    const same = scripted({ contextTokens: 10 }, yields(say('Hi'), finish));
    const larger = scripted({ contextTokens: 11 }, yields(say('Hi'), finish));
    expect(await endOf([first, same, larger])).toMatchObject({ outcome: 'complete', repliedBy: larger });
    expect([first.requests.length, same.requests.length]).toEqual([1, 0]);
    expect(await endOf([first, same])).toMatchObject({ error: { code: 'context_length_exceeded' } });
    const down = scripted({ contextTokens: 12 }, throwsAfter(new Error('down')));
    expect(await endOf([first, down])).toMatchObject({ error: { code: 'context_length_exceeded' } });
  });

  test('a busy model is asked again after a short pause, and its fallback instead of a long one', async () => {
    const soon = scripted(
      { retries: 1 },
      rejects('provider_busy', { retryAfterSeconds: 0.5 }),
      yields(say('Hi'), finish),
    );
    expect(await endOf([soon])).toMatchObject({ outcome: 'complete' });
    const late = scripted({ retries: 5 }, rejects('provider_busy', { retryAfterSeconds: 30 }));
    const fallback = scripted({}, yields(say('Hi'), finish));
    expect(await endOf([late, fallback])).toMatchObject({ outcome: 'complete', repliedBy: fallback });
    expect(late.requests).toHaveLength(1);
  });

  test('the error of a busy model is reported whatever the others do', async () => {
    const busy = scripted({}, rejects('provider_busy', { retryAfterSeconds: 30 }));
    const down = scripted({}, throwsAfter(new Error('down')));
    const expected = { error: { code: 'provider_busy', details: { retryAfterSeconds: 30 } } };
    expect(await endOf([busy, down])).toMatchObject(expected);
    expect(await endOf([down, busy])).toMatchObject(expected);
  });

  test('the rejection of a fallback is not reported for the requested model', async () => {
    const down = scripted({}, throwsAfter(new Error('down')));
    const picky = scripted({}, rejects('unsupported_parameter'));
    const third = scripted({}, yields(say('Hi'), finish));
    expect(await endOf([down, picky])).toMatchObject(failed);
    expect(await endOf([down, picky, third])).toMatchObject({ outcome: 'complete', repliedBy: third });
  });

  test('an error that the port does not allow is provider_failed', async () => {
    expect(await endOf([scripted({}, rejects('insufficient_credits'))])).toMatchObject(failed);
  });

  test('a fallback is not asked if its limit is lower than the requested value', async () => {
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

test('a model that stalls after a sign of life is stopped at its idle deadline', async () => {
  const { clock, read, state } = relay([scripted(deadlines, hangsAfter({ type: 'alive' }))]);
  void read();
  await clock.advance(49);
  expect(state.ended).toBeNull();
  await clock.advance(1);
  expect(state.ended).toMatchObject(timedOut);
});

test('a model that sends only signs of life is stopped at the total deadline, and no other', async () => {
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

test('no timer and no listener remains after a reply, however it ended', async () => {
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

/** Characters of one code unit and of two, without NUL. */
const characters = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff })))
  .map((codePoints) => String.fromCodePoint(...codePoints));

/** UTF-8 has no half characters: they are decoded as other ones. */
function hasWholeCharacters(chunks: readonly ReplyChunk[]): boolean {
  return Buffer.from(textOf(chunks), 'utf8').toString('utf8') === textOf(chunks);
}
