import { describe, expect, test } from 'vitest';
import { keepHold } from '../../../src/domain/chat/keep-hold.js';

const exchange = { userId: 'user', exchangeId: 'exchange' };

describe('keepHold', () => {
  test('renews by the lease every third of it', () => {
    const { clock, renewals, advance } = opened();
    keepHold({ clock, ...renewals.needs, policy: { holdTtlMs: 600, holdLeaseMs: 90 } }, exchange);
    advance(30);
    advance(30);
    expect(renewals.made).toEqual([90, 90]);
  });

  test('never renews beyond the age that a hold may reach, and then stops', () => {
    const { clock, renewals, advance, running } = opened();
    keepHold({ clock, ...renewals.needs, policy: { holdTtlMs: 100, holdLeaseMs: 90 } }, exchange);
    for (let turn = 0; turn < 5; turn += 1) advance(30);
    expect(renewals.made).toEqual([70, 40, 10]);
    expect(running()).toBe(0);
  });

  test('stops when it is told to', () => {
    const { clock, renewals, advance, running } = opened();
    const stop = keepHold(
      { clock, ...renewals.needs, policy: { holdTtlMs: 600, holdLeaseMs: 90 } },
      exchange,
    );
    stop();
    advance(30);
    expect(renewals.made).toEqual([]);
    expect(running()).toBe(0);
  });

  test('tries again after a renewal that failed', async () => {
    const { clock, renewals, advance } = opened();
    renewals.fails = true;
    keepHold({ clock, ...renewals.needs, policy: { holdTtlMs: 600, holdLeaseMs: 90 } }, exchange);
    advance(30);
    await Promise.resolve();
    renewals.fails = false;
    advance(30);
    expect(renewals.made).toEqual([90, 90]);
  });
});

function opened() {
  let nowMs = 0;
  const timers = new Set<() => void>();
  const renewals = {
    made: [] as number[],
    fails: false,
    needs: {
      chatLedger: {
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
