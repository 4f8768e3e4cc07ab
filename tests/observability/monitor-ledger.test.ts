import { expect, test } from 'vitest';
import { createMetrics } from '../../src/observability/metrics.js';
import { monitorLedger } from '../../src/observability/monitor-ledger.js';
import { invariantStatements, type LedgerAuditReport } from '../../src/domain/ledger/invariants.js';
import { manualClock } from '../domain/chat/manual-clock.js';
import { linesLog } from '../adapters/http/test-api.js';
import { readSeries } from './instrumented-api.js';

const minuteMs = 60_000;
const soundCounts = Object.fromEntries(Object.keys(invariantStatements).map((name) => [name, 0]));
const sound = { broken: soundCounts, overdueHolds: 0 } as LedgerAuditReport;

function monitored(options: { inspect?: () => Promise<LedgerAuditReport>; intervalMs: number | null }) {
  const clock = manualClock();
  const metrics = createMetrics();
  const lines: string[] = [];
  let checks = 0;
  let sweeps = 0;
  const expireLots = () => {
    sweeps += 1;
    return Promise.resolve(0);
  };
  const ledgerAudit = {
    inspect: () => {
      checks += 1;
      expect(sweeps, 'what has expired leaves before').toBe(checks);
      return options.inspect?.() ?? Promise.resolve(sound);
    },
    openHolds: () => Promise.resolve({ open: 7, overdue: 2 }),
  };
  const stop = monitorLedger({ ledgerAudit, expireLots, clock, log: linesLog(lines), metrics }, options);
  return { clock, lines, stop, checks: () => checks, series: () => readSeries(metrics) };
}

test('the open holds are checked every 15 seconds, and the ledger at the interval of the setting', async () => {
  const { clock, checks, series, stop } = monitored({ intervalMs: 15 * minuteMs });
  await clock.advance(15_000);
  expect(checks()).toBe(1);
  expect((await series()).get('metered_chat_holds_open')).toBe(7);
  expect((await series()).get('metered_chat_holds_overdue')).toBe(2);
  expect((await series()).get('metered_chat_ledger_last_look_timestamp_seconds')).toBe(10);
  await clock.advance(44 * minuteMs);
  expect(checks()).toBe(3);
  expect((await series()).get('metered_chat_holds_last_look_timestamp_seconds')).toBe(44 * 60 + 10);
  stop();
  await clock.advance(120 * minuteMs);
  expect(checks()).toBe(3);
  expect(clock.waiting()).toBe(0);
});

test('after a long check the next one waits a hundred times as long', async () => {
  const slow = monitored({
    intervalMs: minuteMs,
    inspect: () =>
      new Promise((resolve) =>
        slow.clock.after(6 * minuteMs, () => {
          resolve(sound);
        }),
      ),
  });
  await slow.clock.advance(10_000 + 6 * minuteMs);
  expect((await slow.series()).get('metered_chat_ledger_last_look_seconds')).toBe(360);
  await slow.clock.advance(599 * minuteMs);
  expect(slow.checks()).toBe(1);
  await slow.clock.advance(2 * minuteMs);
  expect(slow.checks()).toBe(2);
});

test('violated invariants are counted and logged as an error', async () => {
  const broken = { ...sound, broken: { ...sound.broken, no_negative_balance: 3 } };
  const { clock, lines, series } = monitored({
    intervalMs: minuteMs,
    inspect: () => Promise.resolve(broken),
  });
  await clock.advance(10_000);
  const rows = (invariant: string) => `metered_chat_ledger_invariant_broken_rows{invariant="${invariant}"}`;
  expect((await series()).get(rows('no_negative_balance'))).toBe(3);
  expect((await series()).get(rows('holds_end_once'))).toBe(0);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 'error', message: 'the ledger violates its invariants', broken: { no_negative_balance: 3 } },
  ]);
});

test('a failed check is counted and retried, and reports no invariant', async () => {
  const { clock, series } = monitored({
    intervalMs: minuteMs,
    inspect: () => Promise.reject(new Error('The database is away.')),
  });
  await clock.advance(10_000 + minuteMs);
  expect((await series()).get('metered_chat_ledger_look_failures_total')).toBe(2);
  expect((await series()).get('metered_chat_ledger_last_look_timestamp_seconds')).toBe(0);
  expect([...(await series()).keys()].filter((name) => name.includes('invariant'))).toEqual([]);
});

test('without an interval the ledger is never checked', async () => {
  const { clock, checks } = monitored({ intervalMs: null });
  await clock.advance(600 * minuteMs);
  expect(checks()).toBe(0);
});
