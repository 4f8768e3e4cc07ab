import { describe, expect, test } from 'vitest';
import { emptyReply } from '../../../src/domain/chat/model-call/gathered-reply.js';
import { renewHold } from '../../../src/domain/chat/exchange-hold.js';
import type { PartialReply } from '../../../src/ports/hold-ledger.js';
import { manualClock } from './manual-clock.js';

const exchange = { userId: 'user', exchangeId: 'exchange' };

describe('renewHold', () => {
  test('renews the lease every third of it', () => {
    const { clock, renewals, advance } = opened();
    renewHold({ clock, ...renewals.deps, policy: { holdTtlMs: 600, holdLeaseMs: 90 } }, exchange);
    advance(30);
    advance(30);
    expect(renewals.made).toEqual([90, 90]);
  });

  test('never renews beyond the maximum age of a hold, and then stops', () => {
    const { clock, renewals, advance, running } = opened();
    renewHold({ clock, ...renewals.deps, policy: { holdTtlMs: 100, holdLeaseMs: 90 } }, exchange);
    for (let turn = 0; turn < 5; turn += 1) advance(30);
    expect(renewals.made).toEqual([70, 40, 10]);
    expect(running()).toBe(0);
  });

  test('stops on request', () => {
    const { clock, renewals, advance, running } = opened();
    const { stop } = renewHold(
      { clock, ...renewals.deps, policy: { holdTtlMs: 600, holdLeaseMs: 90 } },
      exchange,
    );
    stop();
    advance(30);
    expect(renewals.made).toEqual([]);
    expect(running()).toBe(0);
  });

  test('renews again after a renewal that failed', async () => {
    const { clock, renewals, advance } = opened();
    renewals.fails = true;
    renewHold({ clock, ...renewals.deps, policy: { holdTtlMs: 600, holdLeaseMs: 90 } }, exchange);
    advance(30);
    await Promise.resolve();
    renewals.fails = false;
    advance(30);
    expect(renewals.made).toEqual([90, 90]);
  });

  describe('a saved reply', () => {
    const reply = (text: string) => ({ ...emptyReply, text });
    const policy = { holdTtlMs: 600_000, holdLeaseMs: 30_000 };

    function kept() {
      const clock = manualClock();
      const renewals: [leaseMs: number, partial: PartialReply | null | undefined][] = [];
      let response = () => Promise.resolve(true);
      const holdLedger = {
        renew: (_: unknown, leaseMs: number, partial?: PartialReply | null) => {
          renewals.push([leaseMs, partial]);
          return response();
        },
      };
      const hold = renewHold({ clock, holdLedger, policy }, exchange);
      return { clock, renewals, hold, responses: (how: typeof response) => (response = how) };
    }

    test('is written 3 s after the first chunk, and with each renewal', async () => {
      const { clock, renewals, hold } = kept();
      await clock.advance(1000);
      const coming = { ...reply('Once') };
      hold.save(coming);
      await clock.advance(2999);
      expect(renewals).toEqual([]);
      coming.text = 'Once upon';
      await clock.advance(1);
      expect(renewals).toEqual([[30_000, { reply: 'Once upon', toolCalls: null, replyParts: null }]]);
      coming.text = 'Once upon a time';
      await clock.advance(6000);
      expect(renewals[1]).toEqual([30_000, { reply: 'Once upon a time', toolCalls: null, replyParts: null }]);
      hold.stop();
      expect(clock.waiting()).toBe(0);
    });

    test('is not written if the reply ends earlier', async () => {
      const { clock, renewals, hold } = kept();
      hold.save(reply('Short.'));
      await clock.advance(2999);
      hold.stop();
      await clock.advance(60_000);
      expect(renewals).toEqual([]);
      expect(clock.waiting()).toBe(0);
    });

    test('is not written again if it has not changed, though the hold is renewed', async () => {
      const { clock, renewals, hold } = kept();
      hold.save(reply('Once'));
      await clock.advance(10_000);
      expect(renewals).toEqual([
        [30_000, { reply: 'Once', toolCalls: null, replyParts: null }],
        [30_000, null],
      ]);
    });

    test('is written again if that failed', async () => {
      const { clock, renewals, hold, responses } = kept();
      responses(() => Promise.reject(new Error('away')));
      hold.save(reply('Once'));
      await clock.advance(3000);
      responses(() => Promise.resolve(true));
      await clock.advance(7000);
      expect(renewals.map(([, partial]) => partial?.reply)).toEqual(['Once', 'Once']);
    });

    test('is never written twice at once, for the older text could be written last', async () => {
      const { clock, renewals, hold, responses } = kept();
      const coming = { ...reply('Once') };
      hold.save(coming);
      responses(() => new Promise(() => undefined));
      await clock.advance(3000);
      coming.text = 'Once upon';
      await clock.advance(27_000);
      expect(renewals.map(([, partial]) => partial?.reply)).toEqual([
        'Once',
        undefined,
        undefined,
        undefined,
      ]);
    });

    test('has the tool calls with their arguments so far', async () => {
      const { clock, renewals, hold } = kept();
      const call = { id: '1', name: 'look', arguments: '' };
      const coming = { ...emptyReply, toolCalls: [call] };
      hold.save(coming);
      await clock.advance(3000);
      call.arguments = '{"at';
      await clock.advance(7000);
      expect(renewals.map(([, partial]) => partial?.toolCalls)).toEqual([
        [{ ...call, arguments: '{}' }],
        [call],
      ]);
    });
  });
});

function opened() {
  let nowMs = 0;
  const timers = new Set<() => void>();
  const renewals = {
    made: [] as number[],
    fails: false,
    deps: {
      holdLedger: {
        renew: (_: unknown, leaseMs: number) => {
          renewals.made.push(leaseMs);
          return renewals.fails ? Promise.reject(new Error('away')) : Promise.resolve(true);
        },
      },
    },
  };
  const clock = {
    now: () => new Date(nowMs),
    every: (_: number, run: () => void) => {
      timers.add(run);
      return () => {
        timers.delete(run);
      };
    },
    after: () => () => undefined,
  };
  const advance = (byMs: number) => {
    nowMs += byMs;
    for (const run of timers) run();
  };
  return { clock, renewals, advance, running: () => timers.size };
}
