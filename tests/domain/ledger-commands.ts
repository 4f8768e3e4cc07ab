import fc from 'fast-check';
import { expect } from 'vitest';
import { maxCredits } from '../../src/domain/ledger/entry.js';
import { newId, releaseOf, reserveRequest, settlementOf } from '../../src/testing/accounts.js';
import { idAt } from '../adapters/clocked-harness.js';
import { apiKeyIdOf, idOf, step, stepOnExchange, type Command, type Ledger } from './ledger-model-step.js';
import { leftByCaps } from './ledger-oracle-caps.js';
import * as oracles from './ledger-oracle.js';
import type { OracleRequest } from './ledger-oracle.js';
import { accountOf, apiKeyCount, type Oracle, type OracleExchange } from './ledger-oracle-state.js';

const minuteMs = 60 * 1000;
const hourMs = 60 * minuteMs;

/** The number of an account. */
export const account = fc.nat(2);
export const models = ['echo', 'large'];
export const apiKey = fc.option(fc.nat(apiKeyCount - 1), { nil: null });
const leaseMs = fc.oneof(
  fc.integer({ min: 1, max: 90 }).map((minutes) => minutes * minuteMs),
  fc.integer({ min: 1, max: 60 }).map((hours) => hours * hourMs),
);
const key = fc.constantFrom(null, null, 'a', 'b', 'c');
const hold = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 1, arbitrary: fc.constantFrom(maxCredits, maxCredits - 300) },
);
/** Which of the exchanges so far, counted from the newest. */
const pick = fc.nat(5);
/** Tenths of the hold; −1 is out of bounds, 11 is one credit beyond the hold, and 14 are many. */
const tenths = fc.constantFrom(-1, 0, 1, 5, 10, 10, 11, 14);
const spentAction = 'export.pdf';
const action = fc.constantFrom('chat', 'chat', 'image.generate');
const request = { account, action, apiKey, hold, key, model: fc.constantFrom(...models) };

/** What can be done with holds and charges. */
export const holdCommands: fc.Arbitrary<Command>[] = [
  fc.record({ ...request, leaseMs }).map((wanted) => reserve(wanted)),
  fc.record({ ...request, leaseMs }).map((wanted) => reserve(wanted)),
  fc.record(request).map((wanted) => spend({ ...wanted, action: spentAction })),
  fc.tuple(pick, leaseMs).map(([index, lease]) => repeat(index, lease)),
  fc.tuple(pick, tenths).map(([index, part]) => settle(index, part)),
  fc.tuple(pick, tenths).map(([index, part]) => settle(index, part)),
  pick.map((index) => release(index)),
  fc.tuple(pick, leaseMs).map(([index, lease]) => renew(index, lease)),
  fc.boolean().map((everyOpen) => expire(everyOpen)),
  fc.constant(forgetOldKeys()),
];

/** What is asked for. Only chats have a model. */
type Wanted = Omit<OracleRequest, 'id'>;

function reserve(wanted: Wanted & { leaseMs: number }): Command {
  const { account: number, action: name, model, hold: credits, leaseMs: lease, key: k } = wanted;
  const what = name === 'chat' ? `a chat with ${model}` : name;
  return step(
    `reserve ${credits} of ${number} for ${what} and ${lease / minuteMs} min, API key ${wanted.apiKey}, key ${k}`,
    (oracle, ledger) => reserveBoth(oracle, ledger, wanted),
  );
}

function spend(wanted: Wanted): Command {
  const { account: number, action: name, hold: credits, key: k } = wanted;
  return step(
    `spend ${credits} of ${number} for ${name}, API key ${wanted.apiKey}, key ${k}`,
    (oracle, ledger) => spendBoth(oracle, ledger, wanted),
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
  ledger: Ledger,
  wanted: Wanted & { leaseMs: number },
): Promise<void> {
  const { account: number, action: name, leaseMs: lease, ...asked } = wanted;
  const model = name === 'chat' ? asked.model : '';
  const id = idAt(oracle.nowMs);
  const chat = reserveRequest(idOf(ledger, number), {
    ...{ exchangeId: id, hold: asked.hold, leaseMs: lease, idempotencyKey: asked.key, rules: oracle.rules },
    ...{ model, keyId: apiKeyIdOf(ledger, number, asked.apiKey) },
  });
  const reserved = await ledger.harness.stores.holdLedger.reserve(
    name === 'chat' ? chat : { ...chat, action: name, chat: null },
  );
  const requested = { ...asked, id, account: number, action: name, model };
  expectOutcome(oracle, requested, reserved, () => {
    return oracles.reserve(oracle, { ...requested, leaseMs: lease }) ?? 'reserved';
  });
}

async function spendBoth(oracle: Oracle, ledger: Ledger, wanted: Wanted): Promise<void> {
  const { account: number, action: name, hold: credits, key: k } = wanted;
  const id = idAt(oracle.nowMs);
  const spent = await ledger.harness.stores.holdLedger.spend({
    ...{ exchangeId: id, userId: idOf(ledger, number), entryId: newId() },
    ...{ action: name, amount: credits, units: 2, details: { pages: 2 } },
    ...{ keyId: apiKeyIdOf(ledger, number, wanted.apiKey), idempotencyKey: k, requestFingerprint: null },
    rules: oracle.rules,
  });
  const { apiKey: keyNumber } = wanted;
  const asked = {
    ...{ id, account: number, action: name, model: '', apiKey: keyNumber, hold: credits, key: k },
  };
  expectOutcome(oracle, asked, spent, () => oracles.spend(oracle, asked) ?? 'spent');
}

/** Compares the outcome of a request with that of the oracle, which `apply` returns. */
function expectOutcome(oracle: Oracle, request: OracleRequest, actual: object, apply: () => string): void {
  const { account: number, key: k } = request;
  if (accountOf(oracle, number).isErased) {
    expect(actual).toEqual({ outcome: 'no_such_user' });
    return;
  }
  oracles.doWhatIsDue(oracle, accountOf(oracle, number));
  const claim = oracles.claimOf(oracle, number, k);
  if (claim !== undefined) {
    expect(actual).toMatchObject({ outcome: 'key_claimed', exchange: { id: claim.id } });
    return;
  }
  const made = {
    ...{ ...request, createdAtMs: oracle.nowMs, deadlineMs: 0, state: 'open' as const },
    ...{ captured: null, taken: 0, uncollected: 0 },
  };
  const left = leftByCaps(oracle, made);
  const outcome = apply();
  const { balance } = accountOf(oracle, number);
  expect(actual).toMatchObject(outcome === 'cap_reached' ? { outcome, cap: { left } } : { outcome, balance });
}

function settle(index: number, part: number): Command {
  return stepOnExchange(`settle ${index} for ${part} tenths`, index, async (oracle, ledger, exchange) => {
    const cost = captureOf(exchange.hold, part);
    const settlement = { ...settlementOf(referenceTo(ledger, exchange), cost), rules: oracle.rules };
    const settling = ledger.harness.stores.holdLedger.settle(
      exchange.action === 'chat' ? settlement : { ...settlement, chat: null },
    );
    if (cost < 0 || cost > maxCredits) {
      await expect(settling).rejects.toThrow(TypeError);
      return;
    }
    const { isErased } = accountOf(oracle, exchange.account);
    if (!oracles.isLive(oracle, exchange)) {
      expect(await settling).toEqual({ outcome: isErased ? 'account_erased' : 'already_final' });
      return;
    }
    const captured = oracles.capture(oracle, exchange, cost);
    const { balance } = accountOf(oracle, exchange.account);
    const uncollected = cost - captured;
    expect(await settling).toEqual({ outcome: 'settled', balance, captured, uncollected });
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
  const name = `renew ${index} for ${lease / minuteMs} min`;
  return stepOnExchange(name, index, async (oracle, ledger, exchange) => {
    const isLive = oracles.isLive(oracle, exchange);
    const renewed = await ledger.harness.stores.holdLedger.renew(referenceTo(ledger, exchange), lease);
    expect(renewed).toBe(isLive);
    if (isLive) exchange.deadlineMs = oracle.nowMs + lease;
  });
}

function expire(everyOpen: boolean): Command {
  return step(everyOpen ? 'expire every open hold' : 'expire what is due', async (oracle, { harness }) => {
    const expired = await harness.stores.holdLedger.expireHolds({ everyOpen });
    expect(expired).toBe(oracles.expireHolds(oracle, everyOpen));
  });
}

function forgetOldKeys(): Command {
  return step('forget old keys', async (oracle, { harness }) => {
    expect(await harness.stores.holdLedger.forgetOldKeys()).toBe(oracles.forgetOldKeys(oracle));
  });
}

function referenceTo(ledger: Ledger, exchange: OracleExchange) {
  return { userId: idOf(ledger, exchange.account), exchangeId: exchange.id };
}
