import fc from 'fast-check';
import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../src/domain/errors.js';
import type { ReplyPiece } from '../../../src/ports/ai-model.js';
import { finish, hangsAfter, never, relay, say, scripted, textOf, throwsAfter, yields } from './relayed.js';

const deadlines = { firstPieceTimeoutMs: 100, idleTimeoutMs: 50, totalTimeoutMs: 1000 };
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
    const { clock, read, state, pieces } = relay([offer]);
    void read();
    await clock.advance(49);
    expect(state.ended).toBeNull();
    await clock.advance(1);
    expect(state.ended).toMatchObject(timedOut);
    expect(pieces).toEqual([say('Half a')]);
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
    expect(context.pieces).toEqual([say('Thought.')]);
  });

  test('a slow reader does not count against the idle deadline, but against the total one', async () => {
    const offer = scripted(deadlines, hangsAfter(say('a'), say('b')));
    const { clock, reply } = relay([offer]);
    await reply.next();
    await clock.advance(900);
    expect(await reply.next()).toEqual({ done: false, value: say('b') });
    await clock.advance(100);
    expect(offer.requests[0]?.signal.aborted).toBe(true);
    expect(await reply.next()).toMatchObject({ done: true, value: timedOut });
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
      yields(finish),
      yields(say('At last.'), finish),
    );
    const { clock, read, state } = relay([offer]);
    void read();
    await clock.advance(750);
    expect(state.ended).toMatchObject({ outcome: 'complete', text: 'At last.', answeredBy: offer });
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
    expect(await read()).toMatchObject({ outcome: 'complete', answeredBy: second });
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
    expect(await read()).toEqual({ outcome: 'failed', error: last });
  });

  test('a model that cannot do what is asked is passed over', async () => {
    const echo = scripted({}, yields(say('Echo'), finish));
    const deaf = { ...echo, model: { ...echo.model, refuses: ['tools'] as const } };
    const tools = [{ name: 'look', description: null, parameters: {} }];
    expect(await relay([deaf], { tools }).read()).toMatchObject(failed);
    expect(await relay([deaf, echo], { tools }).read()).toMatchObject({ answeredBy: echo });
    expect(await relay([deaf], { sampling: { seed: 1 } }).read()).toMatchObject({ answeredBy: deaf });
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
    expect(state.ended).toEqual({ outcome: 'abandoned', text: '', toolCalls: [], answeredBy: offer });
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
      outcome: 'abandoned',
      text: textOf(before),
      toolCalls: [],
      answeredBy: offer,
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
    await reply.return({ outcome: 'abandoned', text: '', toolCalls: [], answeredBy: offer });
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
        const { read, pieces } = relay([offer]);
        expect(await read()).toMatchObject({ outcome: 'complete', text: whole });
        expect(textOf(pieces)).toBe(whole);
        for (const piece of pieces) expect(hasWholeCharacters([piece])).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['half a character at its end', ['a\ud83d']],
    ['half a character within', ['a\ud83d', 'b']],
    ['the other half alone', ['a', '\udd89']],
    ['NUL', ['a', '\0']],
    ['a byte order mark first', ['\uFEFFa']],
  ])('is nothing that cannot be stored: %s', async (_, words) => {
    const { read, pieces } = relay([scripted({}, yields(...words.map(say), finish))]);
    expect(await read()).toMatchObject(failed);
    expect(hasWholeCharacters(pieces)).toBe(true);
    expect(textOf(pieces)).not.toMatch(/\0|^\uFEFF/);
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
    const call: ReplyPiece = { type: 'tool_call', call: { id: '1', name: 'look', arguments: '{"a":1}' } };
    const terms = { maxReplyChars: 13 };
    const enough = relay([scripted(terms, yields(say('🦉'), call, finish))]);
    expect(await enough.read()).toMatchObject({ outcome: 'complete', toolCalls: [{ id: '1' }] });
    const tooMuch = scripted(terms, yields(say('🦉'), call, say('!'), finish));
    const { read, pieces } = relay([tooMuch]);
    expect(await read()).toMatchObject(failed);
    expect(pieces).toHaveLength(2);
    expect(tooMuch.requests[0]?.signal.aborted).toBe(true);
  });
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
function hasWholeCharacters(pieces: readonly ReplyPiece[]): boolean {
  return Buffer.from(textOf(pieces), 'utf8').toString('utf8') === textOf(pieces);
}
