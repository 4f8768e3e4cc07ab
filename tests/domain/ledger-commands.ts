import fc from 'fast-check';
import { expect } from 'vitest';
import { maxCredits } from '../../src/domain/ledger/entry.js';
import type { WalletRules } from '../../src/domain/metering/wallet-rules.js';
import { newId, releaseOf, reserveRequest, settlementOf, entryIds } from '../../src/testing/accounts.js';
import type { StoreHarness } from '../../src/testing/store-harness.js';
import * as oracles from './ledger-oracle.js';
import type { Oracle, OracleExchange } from './ledger-oracle.js';

/** The ledger under test, and the ids of its accounts by their numbers. */
export interface Ledger {
  harness: StoreHarness;
  userIds: readonly string[];
  rules: WalletRules;
}

type Command = fc.AsyncCommand<Oracle, Ledger>;

// Whole hours, so that on a database, whose clock runs on, no step takes a deadline to its other side.
const hourMs = 60 * 60 * 1000;

const account = fc.nat(1);
const leaseMs = fc.integer({ min: 1, max: 40 }).map((hours) => hours * hourMs);
const key = fc.constantFrom(null, 'a', 'b', 'c');
const hold = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 2, arbitrary: fc.constantFrom(maxCredits, maxCredits - 300) },
);
const amount = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 500 }) },
  { weight: 3, arbitrary: fc.integer({ min: -500, max: -1 }) },
  { weight: 3, arbitrary: fc.constantFrom(maxCredits, maxCredits - 500, -maxCredits) },
);
/** Which of the exchanges so far, counted from the newest. */
const pick = fc.nat(5);
/** Tenths of the hold; −1 is out of bounds, 11 is one credit beyond the hold, and 14 are many. */
const tenths = fc.constantFrom(-1, 0, 1, 5, 10, 10, 11, 14);
const spentAction = 'export.pdf';
const action = fc.constantFrom('chat', 'chat', 'image.generate');

/** All that can be done to a ledger, each with what the oracle expects to come of it. */
export const ledgerCommands: fc.Arbitrary<Command>[] = [
  fc.tuple(account, amount).map(([number, credits]) => grant(number, credits)),
  fc
    .tuple(account, action, hold, leaseMs, key)
    .map(([number, name, credits, lease, k]) =>
      reserve({ account: number, action: name, hold: credits, leaseMs: lease, key: k }),
    ),
  fc
    .tuple(account, hold, key)
    .map(([number, credits, k]) => spend({ account: number, action: spentAction, hold: credits, key: k })),
  fc.tuple(pick, leaseMs).map(([index, lease]) => repeat(index, lease)),
  fc.tuple(pick, tenths).map(([index, part]) => settle(index, part)),
  pick.map((index) => release(index)),
  fc.tuple(pick, leaseMs).map(([index, lease]) => renew(index, lease)),
  fc.boolean().map((everyOpen) => expire(everyOpen)),
  fc.integer({ min: 1, max: 13 }).map((hours) => advance(hours)),
  fc.constant(forgetOldKeys()),
  fc
    .record({
      account,
      model: fc.constantFrom(null, null, 'echo'),
      window: fc.constantFrom('day' as const, 'total' as const),
      limit: fc.integer({ min: 0, max: 1500 }),
    })
    .map((cap) => setCap(cap)),
];

function grant(number: number, credits: number): Command {
  return step(`grant ${credits} to ${number}`, async (oracle, { harness, userIds }) => {
    const kind = credits > 0 ? 'grant' : 'adjustment';
    const entry = {
      id: newId(),
      userId: idOf(userIds, number),
      kind,
      amount: credits,
      reason: null,
    } as const;
    const posted = await harness.stores.creditLedger.post(entry);
    const inRange = oracles.post(oracle, number, credits);
    const { balance } = oracles.accountOf(oracle, number);
    expect(posted).toMatchObject(
      inRange
        ? { outcome: 'posted', entry: { kind, amount: credits, balanceAfter: balance } }
        : { outcome: 'out_of_range', balance },
    );
  });
}

/** What is asked for. */
interface Wanted {
  account: number;
  action: string;
  hold: number;
  key: string | null;
}

function reserve(wanted: Wanted & { leaseMs: number }): Command {
  const { account, action, hold, leaseMs, key } = wanted;
  return step(
    `reserve ${hold} of ${account} for ${action} and ${leaseMs / hourMs} h, key ${key}`,
    (oracle, ledger) => reserveBoth(oracle, ledger, wanted),
  );
}

function spend(wanted: Wanted): Command {
  const { account, action, hold, key } = wanted;
  return step(`spend ${hold} of ${account} for ${action}, key ${key}`, (oracle, ledger) =>
    spendBoth(oracle, ledger, wanted),
  );
}

/** Repeats a request, as a client does that got no response. */
function repeat(index: number, lease: number): Command {
  return stepOnExchange(`repeat the request of ${index}`, index, (oracle, ledger, exchange) =>
    exchange.action === spentAction
      ? spendBoth(oracle, ledger, exchange)
      : reserveBoth(oracle, ledger, { ...exchange, leaseMs: lease }),
  );
}

async function reserveBoth(
  oracle: Oracle,
  { harness, userIds, rules }: Ledger,
  wanted: Wanted & { leaseMs: number },
): Promise<void> {
  const { account, action, hold, key, leaseMs } = wanted;
  const request = reserveRequest(idOf(userIds, account), { hold, leaseMs, idempotencyKey: key, rules });
  const id = request.exchangeId;
  const reserved = await harness.stores.holdLedger.reserve(
    action === 'chat' ? request : { ...request, action, chat: null },
  );
  const asked = { id, account, action, hold, key, leaseMs };
  expectOutcome(oracle, wanted, reserved, () => oracles.reserve(oracle, asked) ?? 'reserved');
}

async function spendBoth(oracle: Oracle, { harness, userIds, rules }: Ledger, wanted: Wanted): Promise<void> {
  const { account, action, hold, key } = wanted;
  const id = newId();
  const spent = await harness.stores.holdLedger.spend({
    ...{ exchangeId: id, userId: idOf(userIds, account), entryId: newId() },
    ...{ action, amount: hold, units: 2, details: { pages: 2 }, keyId: null },
    ...{ idempotencyKey: key, requestFingerprint: null, rules },
  });
  const asked = { id, account, action, hold, key };
  expectOutcome(oracle, wanted, spent, () => oracles.spend(oracle, asked) ?? 'spent');
}

/** Compares the outcome of a request with that of the oracle, which `apply` returns. */
function expectOutcome(oracle: Oracle, { account, key }: Wanted, actual: object, apply: () => string): void {
  const claim = oracles.claimOf(oracle, account, key);
  if (claim !== undefined) {
    expect(actual).toMatchObject({ outcome: 'key_claimed', exchange: { id: claim.id } });
    return;
  }
  const outcome = apply();
  const { balance } = oracles.accountOf(oracle, account);
  expect(actual).toMatchObject(outcome === 'cap_reached' ? { outcome } : { outcome, balance });
}

function settle(index: number, part: number): Command {
  return stepOnExchange(`settle ${index} for ${part} tenths`, index, async (oracle, ledger, exchange) => {
    const cost = captureOf(exchange.hold, part);
    const settlement = { ...settlementOf(referenceTo(ledger, exchange), cost), rules: ledger.rules };
    const settling = ledger.harness.stores.holdLedger.settle(
      exchange.action === 'chat' ? settlement : { ...settlement, chat: null },
    );
    const isLive = oracles.isLive(oracle, exchange);
    if (cost < 0 || cost > maxCredits) {
      await expect(settling).rejects.toThrow(TypeError);
      return;
    }
    const captured = isLive ? oracles.capture(oracle, exchange, cost) : 0;
    const { balance } = oracles.accountOf(oracle, exchange.account);
    expect(await settling).toMatchObject(
      isLive
        ? { outcome: 'settled', balance, captured, uncollected: cost - captured }
        : { outcome: 'already_final' },
    );
  });
}

function captureOf(held: number, part: number): number {
  if (part < 0) return -1;
  if (part === 10) return held;
  return part > 10 ? held + (part === 11 ? 1 : part ** 3) : Math.floor(held / 10) * part;
}

function release(index: number): Command {
  return stepOnExchange(`release ${index}`, index, async (oracle, ledger, exchange) => {
    const isOpen = exchange.state === 'open';
    const reference = referenceTo(ledger, exchange);
    const released = await ledger.harness.stores.holdLedger.release(releaseOf(reference));
    if (isOpen) oracles.giveBack(oracle, exchange, 'released');
    expect(released).toMatchObject({ outcome: isOpen ? 'released' : 'already_final' });
  });
}

function renew(index: number, lease: number): Command {
  return stepOnExchange(`renew ${index} for ${lease / hourMs} h`, index, async (oracle, ledger, exchange) => {
    const isLive = oracles.isLive(oracle, exchange);
    const renewed = await ledger.harness.stores.holdLedger.renew(referenceTo(ledger, exchange), lease);
    expect(renewed).toBe(isLive);
    if (isLive) exchange.deadlineMs = oracle.nowMs + lease;
  });
}

function expire(everyOpen: boolean): Command {
  return step(everyOpen ? 'expire every open hold' : 'expire what is due', async (oracle, { harness }) => {
    const expired = await harness.stores.holdLedger.expireHolds({ everyOpen });
    expect(expired).toBe(oracles.expire(oracle, everyOpen));
  });
}

function forgetOldKeys(): Command {
  return step('forget old keys', async (oracle, { harness }) => {
    expect(await harness.stores.holdLedger.forgetOldKeys()).toBe(oracles.forgetOldKeys(oracle));
  });
}

function setCap(cap: oracles.OracleCap): Command {
  const { account, model, window, limit } = cap;
  return step(
    `cap ${model ?? 'all'} of ${account} at ${limit} for ${window}`,
    async (oracle, { harness, userIds }) => {
      const { outcome } = await harness.stores.capStore.set({
        ...{ id: newId(), userId: idOf(userIds, account), scope: model === null ? 'account' : 'model' },
        ...{ keyId: null, model, window, limit, setBy: 'administrator', maxCaps: 10 },
      });
      expect(['created', 'changed']).toContain(outcome);
      oracles.setCap(oracle, cap);
    },
  );
}

function advance(hours: number): Command {
  return step(`advance ${hours} h`, async (oracle, { harness }) => {
    await harness.advance(hours * hourMs);
    oracle.nowMs += hours * hourMs;
  });
}

/** A step, after which each account's balance and holds are those of the oracle. */
function step(name: string, run: (oracle: Oracle, ledger: Ledger) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (oracle, ledger) => {
      await run(oracle, ledger);
      const due = { rules: ledger.rules, ids: entryIds };
      for (const [number, userId] of ledger.userIds.entries()) {
        expect(await ledger.harness.stores.creditLedger.balance(userId, due)).toEqual({
          balance: oracles.accountOf(oracle, number).balance,
          held: oracles.heldOf(oracle, number),
        });
      }
    },
    toString: () => name,
  };
}

function stepOnExchange(
  name: string,
  index: number,
  run: (oracle: Oracle, ledger: Ledger, exchange: OracleExchange) => Promise<void>,
): Command {
  const picked = ({ exchanges }: Readonly<Oracle>) => exchanges.at(-1 - index);
  return {
    ...step(name, async (oracle, ledger) => {
      const exchange = picked(oracle);
      if (exchange !== undefined) await run(oracle, ledger, exchange);
    }),
    check: (oracle) => picked(oracle) !== undefined,
  };
}

function referenceTo({ userIds }: Ledger, exchange: OracleExchange) {
  return { userId: idOf(userIds, exchange.account), exchangeId: exchange.id };
}

function idOf(userIds: readonly string[], number: number): string {
  const userId = userIds[number];
  if (userId === undefined) throw new TypeError('There is no such account.');
  return userId;
}
