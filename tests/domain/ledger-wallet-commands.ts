import fc from 'fast-check';
import { expect } from 'vitest';
import { maxCredits } from '../../src/domain/ledger/entry.js';
import { allowancePeriods, type Allowance } from '../../src/domain/metering/allowance.js';
import type { DefaultCap } from '../../src/domain/metering/cap.js';
import { windowLengths } from '../../src/domain/metering/window.js';
import { entryIds, newId, releaseOf } from '../../src/testing/accounts.js';
import { account, apiKey, models } from './ledger-commands.js';
import { apiKeyIdOf, idOf, step, type Command } from './ledger-model-step.js';
import { removeKey as removeKeyOf, setCap as setCapOf } from './ledger-oracle-caps.js';
import { expireLots } from './ledger-oracle-lots.js';
import * as oracles from './ledger-oracle.js';
import { accountOf, openHoldsOf, type CapTarget, type Oracle } from './ledger-oracle-state.js';

const minuteMs = 60 * 1000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The credits that a post adds or removes. */
const smallAmount = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 500 }) },
  { weight: 1, arbitrary: fc.integer({ min: -500, max: -1 }) },
);
const largeAmount = fc.constantFrom(maxCredits, maxCredits - 500, -maxCredits);
const expiresInMs = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 1, max: 180 }).map((minutes) => minutes * minuteMs),
  fc.integer({ min: 1, max: 20 }).map((hours) => 3 * hours * hourMs),
);
const priority = fc.option(fc.constantFrom(5, 10, 20, 50), { nil: null });
const addedKind = fc.constantFrom('grant', 'grant', 'purchase', 'voucher', 'adjustment');
const removedKind = fc.constantFrom('adjustment', 'refund');
/** Which lot of the account, counted from its newest; −1 is one that it does not have. */
const lotPick = fc.option(fc.integer({ min: -1, max: 4 }), { nil: null });
const postKey = fc.constantFrom(null, null, null, 'a', 'b');

/** An allowance; none if the amount is 0. */
export const allowance: fc.Arbitrary<Allowance> = fc.record({
  amount: fc.constantFrom(0, 40, 150, 300),
  every: fc.constantFrom(...allowancePeriods),
});

/** Caps of all accounts, at most one for each window. */
export const defaultCaps: fc.Arbitrary<DefaultCap[]> = fc.uniqueArray(
  fc.record({ window: fc.constantFrom(...windowLengths), limit: fc.integer({ min: 100, max: 1500 }) }),
  { maxLength: 2, selector: ({ window }) => window },
);

const capTarget: fc.Arbitrary<CapTarget> = fc
  .record({
    scope: fc.constantFrom('account', 'key', 'model'),
    apiKey: apiKey.map((number) => number ?? 0),
    model: fc.constantFrom(...models),
    window: fc.constantFrom(...windowLengths),
    setBy: fc.constantFrom('administrator', 'account'),
  })
  .map(({ scope, apiKey: number, model, ...others }) => ({
    ...{ ...others, scope, apiKey: scope === 'key' ? number : null, model: scope === 'model' ? model : null },
  }));

const jump: fc.Arbitrary<Jump> = fc.oneof(
  fc.integer({ min: 1, max: 180 }).map((minutes) => ({ ms: minutes * minuteMs })),
  fc.integer({ min: 1, max: 30 }).map((hours) => ({ ms: hours * hourMs })),
  fc.integer({ min: 1, max: 40 }).map((days) => ({ ms: days * dayMs })),
  fc.constantFrom(-1, 0, 1).map((offsetMs) => ({ toNextEventBut: offsetMs })),
  fc.constantFrom(0).map((offsetMs) => ({ toNextEventBut: offsetMs })),
);

/** What can be done with what an account has, and with the time. */
export const walletCommands: fc.Arbitrary<Command>[] = [
  fc
    .record({
      account,
      amount: smallAmount,
      kind: addedKind,
      removedKind,
      expiresInMs,
      priority,
      lotPick,
      key: postKey,
    })
    .map((wanted) => post(wanted)),
  fc
    .record({
      account,
      amount: smallAmount,
      kind: addedKind,
      removedKind,
      expiresInMs,
      priority,
      lotPick,
      key: postKey,
    })
    .map((wanted) => post(wanted)),
  fc.tuple(account, largeAmount).map(([number, amount]) => postLarge(number, amount)),
  jump.map((by) => advance(by)),
  jump.map((by) => advance(by)),
  fc
    .tuple(account, fc.option(allowance, { nil: null }))
    .map(([number, given]) => setAllowance(number, given)),
  fc
    .record({ allowance: fc.option(allowance, { nil: null }), defaultCaps })
    .map((rules) => changeRules(rules)),
  fc
    .tuple(account, capTarget, fc.integer({ min: 0, max: 1500 }))
    .map(([number, target, limit]) => setCap(number, target, limit)),
  fc.tuple(account, fc.nat(2)).map(([number, index]) => removeCap(number, index)),
  fc.tuple(account, fc.nat(1)).map(([number, index]) => removeKey(number, index)),
  fc.constant(sweep()),
  // Rarely: nothing more can be done with the account.
  fc.tuple(account, fc.nat(6)).map(([number, chance]) => (chance === 0 ? erase(number) : sweep())),
];

interface WantedPost {
  account: number;
  amount: number;
  kind: 'grant' | 'purchase' | 'voucher' | 'adjustment';
  removedKind: 'adjustment' | 'refund';
  expiresInMs: number | null;
  priority: number | null;
  lotPick: number | null;
  key: string | null;
}

function post(wanted: WantedPost): Command {
  const { account: number, amount, expiresInMs: lifeMs, priority: order, lotPick: picked, key } = wanted;
  const kind = amount > 0 ? wanted.kind : wanted.removedKind;
  const lotText = amount > 0 ? `for ${(lifeMs ?? Infinity) / minuteMs} min at ${order}` : `of lot ${picked}`;
  return step(`${kind} ${amount} to ${number} ${lotText}, key ${key}`, async (oracle, ledger) => {
    const state = accountOf(oracle, number);
    const [id, userId] = [newId(), idOf(ledger, number)];
    const named = picked === null || amount > 0 ? undefined : state.lots.at(-1 - picked);
    // A lot whose id is not known, which nothing has read, cannot be named.
    const lotId = picked === null || amount > 0 ? null : named === undefined ? newId() : (named.id ?? null);
    const expiresAtMs = lifeMs === null ? null : oracle.nowMs + lifeMs;
    const posted = await ledger.harness.stores.creditLedger.post({
      ...{ id, userId, kind, amount, reason: null, lotId, idempotencyKey: key },
      lot: { expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs), priority: order },
    });
    expect(posted).toMatchObject(expectedPost());

    function expectedPost(): object {
      if (state.isErased) return { outcome: 'no_such_user' };
      const earlier = key === null ? undefined : state.posts.get(key);
      if (earlier !== undefined) return { outcome: 'key_claimed', entry: earlier };
      if (lotId !== null && named === undefined) return { outcome: 'no_such_lot' };
      const outcome = oracles.post(oracle, state, {
        ...{ kind, amount, key, lot: { id, priority: order, expiresAtMs } },
        named: lotId === null ? null : (named ?? null),
      });
      const { balance } = state;
      return outcome === 'posted'
        ? { outcome, entry: { kind, amount, balanceAfter: balance } }
        : { outcome, balance };
    }
  });
}

/** Adds or removes nearly all that a balance can hold, where no allowance makes a balance full by surprise. */
function postLarge(number: number, amount: number): Command {
  const command = post({
    ...{ account: number, amount, kind: 'grant', removedKind: 'adjustment', expiresInMs: null },
    ...{ priority: null, lotPick: null, key: null },
  });
  return { ...command, check: ({ accounts, rules }) => !hasAllowance(rules.allowance, accounts) };
}

function hasAllowance(given: Allowance | null, accounts: Readonly<Oracle['accounts']>): boolean {
  return given !== null || accounts.some((each) => each.allowance !== null);
}

function isFull({ accounts }: Readonly<Oracle>): boolean {
  return accounts.some(({ entries }) => entries.some(({ amount }) => amount > maxCredits / 2));
}

function setAllowance(number: number, given: Allowance | null): Command {
  const name = given === null ? 'the default' : `${given.amount}/${given.every}`;
  return {
    ...step(`set the allowance of ${number} to ${name}`, async (oracle, ledger) => {
      const state = accountOf(oracle, number);
      const isSet = await ledger.harness.stores.lotLedger.setAllowance(idOf(ledger, number), given);
      expect(isSet).toBe(!state.isErased);
      if (!state.isErased) state.allowance = given;
    }),
    check: (oracle) => !isFull(oracle),
  };
}

/** Changes the default allowance and the default caps, as an operator does who starts the server again. */
function changeRules(rules: { allowance: Allowance | null; defaultCaps: DefaultCap[] }): Command {
  return {
    ...step(`change the rules to ${JSON.stringify(rules)}`, (oracle) => {
      oracle.rules = { ...oracle.rules, ...rules };
      return Promise.resolve();
    }),
    check: (oracle) => rules.allowance === null || !isFull(oracle),
  };
}

function setCap(number: number, target: CapTarget, limit: number): Command {
  const { scope, apiKey: keyNumber, model, window, setBy } = target;
  const name = `${scope} ${keyNumber ?? model ?? ''}`;
  return step(`cap ${name} of ${number} at ${limit} for ${window} by ${setBy}`, async (oracle, ledger) => {
    if (setBy === 'default') throw new TypeError('A default is no cap of an account.');
    const id = newId();
    const set = await ledger.harness.stores.capStore.set({
      ...{ id, userId: idOf(ledger, number), scope, keyId: apiKeyIdOf(ledger, number, keyNumber), model },
      ...{ window, limit, setBy, maxCaps: 10 },
    });
    const state = accountOf(oracle, number);
    const outcome = state.isErased ? 'no_such_user' : setCapOf(state, { ...target, id, limit });
    expect(set.outcome).toBe(outcome);
  });
}

function removeCap(number: number, index: number): Command {
  return step(`remove cap ${index} of ${number}`, async (oracle, ledger) => {
    const state = accountOf(oracle, number);
    const cap = state.caps[index];
    const reference = { userId: idOf(ledger, number), capId: cap?.id ?? newId() };
    const removed = await ledger.harness.stores.capStore.remove(reference, null);
    expect(removed).toBe(cap === undefined ? 'missing' : 'removed');
    state.caps = state.caps.filter((other) => other !== cap);
  });
}

function removeKey(number: number, index: number): Command {
  return step(`remove API key ${index} of ${number}`, async (oracle, ledger) => {
    const keyId = apiKeyIdOf(ledger, number, index) ?? newId();
    const removed = await ledger.harness.stores.apiKeyStore.remove(idOf(ledger, number), keyId);
    expect(removed).toBe(removeKeyOf(accountOf(oracle, number), index));
  });
}

function sweep(): Command {
  return step('sweep what has expired', async (oracle, { harness }) => {
    // Other accounts of the ledger, of which the oracle does not know, are swept too.
    const swept = await harness.stores.lotLedger.expireLots(entryIds);
    const expired = oracle.accounts.filter((each) => expireLots(oracle, each));
    expect(swept).toBeGreaterThanOrEqual(expired.length);
  });
}

function erase(number: number): Command {
  return step(`erase ${number}`, async (oracle, ledger) => {
    const state = accountOf(oracle, number);
    const erased = await ledger.harness.stores.userStore.erase(idOf(ledger, number));
    expect(erased).toBe(state.isErased ? 'missing' : 'erased');
    if (!state.isErased) oracles.erase(oracle, state);
  });
}

/** By how long, or to how long after the next moment at which something expires or ends. */
type Jump = { ms: number } | { toNextEventBut: number };

function advance(by: Jump): Command {
  const name = 'ms' in by ? `${by.ms / minuteMs} min` : `to the next event and ${by.toNextEventBut} ms`;
  return step(`advance ${name}`, async (oracle, ledger) => {
    const ms = 'ms' in by ? by.ms : Math.max(0, nextEventMs(oracle) + by.toNextEventBut - oracle.nowMs);
    // What is charged after credits expired comes from the lots in another order if they are brought up to date rarely.
    if (!ledger.isEager) await releaseAll(oracle, ledger);
    await ledger.harness.advance(ms);
    oracle.nowMs += ms;
  });
}

function nextEventMs({ nowMs, accounts, exchanges }: Oracle): number {
  const expiries = accounts.flatMap(({ lots }) =>
    lots.flatMap(({ left, expiresAtMs }) => (left > 0 ? (expiresAtMs ?? []) : [])),
  );
  const deadlines = exchanges.flatMap(({ state, deadlineMs }) => (state === 'open' ? [deadlineMs] : []));
  const next = Math.min(...[...expiries, ...deadlines].filter((atMs) => atMs > nowMs));
  return Number.isFinite(next) ? next : nowMs + hourMs;
}

async function releaseAll(oracle: Oracle, ledger: Parameters<Command['run']>[1]): Promise<void> {
  for (const { number } of oracle.accounts) {
    for (const hold of openHoldsOf(oracle, number)) {
      const exchange = { userId: idOf(ledger, number), exchangeId: hold.id };
      const released = await ledger.harness.stores.holdLedger.release(releaseOf(exchange));
      expect(released.outcome).toBe('released');
      oracles.giveBack(oracle, hold, 'released');
    }
  }
}
