import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import type { Entry } from '../../../src/domain/ledger/entry.js';
import { readStatement } from '../../../src/domain/ledger/read-statement.js';
import type { Statement } from '../../../src/domain/ledger/statement.js';
import { noWalletRules, type WalletRules } from '../../../src/domain/metering/wallet-rules.js';
import {
  actionSettlementOf,
  allEntries,
  holdRequest,
  newDigest,
  newUser,
  releaseOf,
  reserveRequest,
  settlementOf,
  spendRequest,
} from '../../../src/testing/accounts.js';
import { oneVoucher } from '../../../src/testing/voucher-store/view.js';
import type { ExchangeReference } from '../../../src/ports/hold-ledger.js';
import { idAt, type ClockedHarness } from '../../adapters/clocked-harness.js';
import { memoryHarness } from '../../adapters/memory/memory-harness.js';
import { clockedSqlEngines } from '../../adapters/postgres/clocked-sql-harness.js';
import { chosenSeed } from '../../seed.js';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia'] as const;
const allowances = [null, { amount: 300, every: 'day' }, { amount: 900, every: 'month' }] as const;

/** One step of a history. `credits` is an amount, `days` how long it takes until the next step. */
const step = fc.record({
  what: fc.constantFrom('chat', 'chat', 'image', 'spend', 'grant', 'remove', 'voucher', 'hold', 'end'),
  credits: fc.integer({ min: 1, max: 700 }),
  model: fc.constantFrom('echo', 'fast'),
  expiresInDays: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }),
  days: fc.constantFrom(0, 0, 0.01, 0.5, 3, 11, 29),
  isRead: fc.boolean(),
});
interface Step {
  what: 'chat' | 'image' | 'spend' | 'grant' | 'remove' | 'voucher' | 'hold' | 'end';
  credits: number;
  model: string;
  expiresInDays: number | null;
  days: number;
  isRead: boolean;
}

/** One account whose history a test makes up. */
function accountOf(harness: ClockedHarness, rules: WalletRules) {
  const { stores, nowMs } = harness;
  const ids = { next: () => idAt(nowMs()) };
  const userId = ids.next();
  const open: ExchangeReference[] = [];
  const deps = { ...stores, ids, clock: { now: () => new Date(nowMs()) }, policy: rules };
  const statement = (month: string | null) => readStatement(deps, { caller: operatorCaller, userId, month });
  const reserve = async (what: Step['what'], { credits: hold, model }: Step) => {
    const own = { exchangeId: ids.next(), ids, rules, hold };
    const request = what === 'image' ? holdRequest(userId, own) : reserveRequest(userId, { ...own, model });
    const { outcome } = await stores.holdLedger.reserve(request);
    return outcome === 'reserved' ? { userId, exchangeId: own.exchangeId } : null;
  };
  const settle = async (what: Step['what'], exchange: ExchangeReference, { credits, model }: Step) => {
    const settlement =
      what === 'image'
        ? actionSettlementOf(exchange, credits)
        : settlementOf(exchange, credits, { repliedBy: model });
    await stores.holdLedger.settle({ ...settlement, entryId: ids.next(), rules });
  };
  const act = async (each: Step) => {
    const { what, credits, expiresInDays } = each;
    const expiresAt = expiresInDays === null ? null : new Date(nowMs() + expiresInDays * dayMs);
    switch (what) {
      case 'chat':
      case 'image': {
        const exchange = await reserve(what, each);
        if (exchange !== null) await settle(what, exchange, { ...each, credits: Math.ceil(credits / 2) });
        return;
      }
      case 'hold': {
        const exchange = await reserve(what, each);
        if (exchange !== null) open.push(exchange);
        return;
      }
      case 'end': {
        const exchange = open.shift();
        if (exchange === undefined) return;
        if (credits % 3 === 0) await stores.holdLedger.release(releaseOf(exchange));
        else await settle(what, exchange, each);
        return;
      }
      case 'spend': {
        const request = { exchangeId: ids.next(), entryId: ids.next(), amount: credits, rules };
        await stores.holdLedger.spend(spendRequest(userId, request));
        return;
      }
      case 'grant':
      case 'remove': {
        const kind = what === 'grant' ? 'grant' : 'adjustment';
        const amount = what === 'grant' ? credits : -credits;
        const lot = what === 'grant' ? { expiresAt, priority: credits % 100 } : null;
        await stores.creditLedger.post({ id: ids.next(), userId, kind, amount, reason: null, lot });
        return;
      }
      case 'voucher': {
        const digest = newDigest();
        const creditsTtlMs = expiresInDays === null ? null : expiresInDays * dayMs;
        const terms = { ...oneVoucher, credits, creditsTtlMs };
        await stores.voucherStore.create({ id: ids.next(), terms, digests: [digest], createdBy: null });
        await stores.voucherStore.redeem({ userId, digest, entryId: ids.next() });
      }
    }
  };
  const live = async (history: readonly Step[]) => {
    await stores.userStore.create({
      ...newUser(0),
      ...{ id: userId, username: userId, usernameKey: userId },
      openingGrant: { entryId: ids.next(), amount: 1000 },
    });
    for (const each of history) {
      await act(each);
      if (each.isRead) await statement(null);
      await harness.advance(each.days * dayMs);
      await stores.lotLedger.expireLots(ids);
    }
  };
  return { userId, live, statement };
}

/** Returns the statements of all months since the first entry of an account, the oldest first. */
async function allStatements(
  read: (month: string | null) => Promise<Statement>,
  since: Date,
): Promise<Statement[]> {
  const statements = [await read(null)];
  for (let first = statements[0]; first !== undefined && first.from > since;) {
    const before = new Date(Date.parse(`${first.month}-01T00:00:00Z`) - dayMs);
    first = await read(before.toISOString().slice(0, 7));
    statements.unshift(first);
  }
  return statements;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

/** The entries of a statement's month as its lines should have them. */
function linesOf(entries: readonly Entry[], { from, to }: Statement) {
  const sums = new Map<string, { amount: number; count: number }>();
  for (const { kind, action, amount, createdAt } of entries) {
    if (createdAt < from || createdAt >= to) continue;
    const { amount: before, count } = sums.get(`${kind} ${action}`) ?? { amount: 0, count: 0 };
    sums.set(`${kind} ${action}`, { amount: before + amount, count: count + 1 });
  }
  return Object.fromEntries(sums);
}

function sumsOf(statement: Statement) {
  const sums = new Map<string, { amount: number; count: number }>();
  for (const { kind, action, amount, count } of statement.lines) {
    const before = sums.get(`${kind} ${action}`) ?? { amount: 0, count: 0 };
    sums.set(`${kind} ${action}`, { amount: before.amount + amount, count: before.count + count });
  }
  return Object.fromEntries(sums);
}

function expectLotsToAddUp({ opening, closing, lines, lots }: Statement): void {
  expect(total(lots.map((lot) => lot.opening))).toBe(opening);
  expect(total(lots.map((lot) => lot.closing))).toBe(closing);
  const amounts = lines.map(({ kind, amount }) => ({ isExpiry: kind === 'expiry', amount }));
  const added = amounts.filter(({ amount }) => amount > 0).map(({ amount }) => amount);
  const left = amounts.filter(({ amount, isExpiry }) => amount < 0 && !isExpiry).map(({ amount }) => -amount);
  const expired = amounts.filter(({ isExpiry }) => isExpiry).map(({ amount }) => -amount);
  expect(total(lots.map(({ received }) => received))).toBe(total(added));
  expect(total(lots.map(({ gave }) => gave))).toBe(total(left));
  expect(total(lots.map((lot) => lot.expired))).toBe(total(expired));
  for (const lot of lots) {
    expect(lot.opening + lot.received - lot.gave - lot.expired).toBe(lot.closing);
    expect(Math.min(lot.opening, lot.received, lot.gave, lot.expired, lot.closing)).toBe(0);
  }
}

/** Reads all statements of an account and compares them with each other, with its entries and with its lots. */
async function expectStatementsToChain(
  { stores }: ClockedHarness,
  { userId, statement }: Pick<ReturnType<typeof accountOf>, 'userId' | 'statement'>,
): Promise<number> {
  // Reading does what is due, which can make entries.
  await statement(null);
  const entries = await allEntries(stores, userId);
  const times = entries.map(({ createdAt }) => createdAt.getTime());
  const statements = await allStatements(statement, new Date(Math.min(...times)));
  let closing = 0;
  let closingLots: Statement['lots'] = [];
  let count = 0;
  for (const each of statements) {
    expect(each.opening).toBe(closing);
    expect(each.opening + total(each.lines.map(({ amount }) => amount))).toBe(each.closing);
    expect(sumsOf(each)).toEqual(linesOf(entries, each));
    expectLotsToAddUp(each);
    for (const lot of each.lots.filter((known) => known.opening > 0)) {
      expect(closingLots.find(({ id }) => id === lot.id)?.closing).toBe(lot.opening);
    }
    closing = each.closing;
    closingLots = each.lots;
    count += total(each.lines.map((line) => line.count));
  }
  expect(count).toBe(entries.length);
  const balance = await stores.creditLedger.balance(userId);
  expect(closing).toBe((balance?.balance ?? 0) + (balance?.held ?? 0));
  return statements.length;
}

const engines = {
  // A history alone on its harness fails the same way when it is tried again, smaller.
  memory: { open: memoryHarness, runs: 300, steps: 40, isAlone: true },
  embedded: { open: clockedSqlEngines.embedded, runs: 1, steps: 20, isAlone: false },
  postgres: { open: clockedSqlEngines.postgres, runs: 2, steps: 20, isAlone: false },
};

describe.each(Object.entries(engines))('statements: %s', (name, { open, runs, steps, isAlone }) => {
  let harness: ClockedHarness;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness.close());

  test('of random histories follow each other, and are what the entries and lots are', async () => {
    const seed = chosenSeed();
    let months = 0;
    const history = fc.array(step, { minLength: steps / 2, maxLength: steps });
    const property = fc.asyncProperty(
      history,
      fc.constantFrom(...zones),
      fc.constantFrom(...allowances),
      async (made, timeZone, allowance) => {
        if (isAlone) harness = await open();
        const account = accountOf(harness, { ...noWalletRules, allowance, timeZone });
        await account.live(made);
        months += await expectStatementsToChain(harness, account);
      },
    );
    await fc.assert(property, { seed, numRuns: runs, endOnFailure: !isAlone });
    console.log(`${runs} histories, ${months} statements, on ${name} (seed ${seed})`);
    expect(months).toBeGreaterThanOrEqual(runs);
  });
});
