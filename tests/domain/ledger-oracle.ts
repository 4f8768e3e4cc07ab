import { idempotencyKeyTtlMs } from '../../src/domain/chat/exchange.js';
import type { HoldState } from '../../src/domain/metering/hold.js';

/** An exchange as the oracle sees it. */
export interface OracleExchange {
  id: string;
  account: number;
  hold: number;
  key: string | null;
  createdAtMs: number;
  deadlineMs: number;
  state: HoldState;
  captured: number | null;
}

/** What the ledger should hold: credits counted in the plainest way, one step after the other. */
export interface Oracle {
  nowMs: number;
  accounts: { balance: number; entries: { kind: string; amount: number; balanceAfter: number }[] }[];
  /** Oldest first. */
  exchanges: OracleExchange[];
}

const limit = 2n ** 53n - 1n;

/** An oracle of accounts with these opening grants. */
export function newOracle(openings: readonly number[]): Oracle {
  const accounts = openings.map((amount) => ({
    balance: amount,
    entries: amount === 0 ? [] : [{ kind: 'grant', amount, balanceAfter: amount }],
  }));
  return { nowMs: 0, accounts, exchanges: [] };
}

/** The account of a number; a TypeError when there is none. */
export function accountOf(oracle: Oracle, account: number) {
  const found = oracle.accounts[account];
  if (found === undefined) throw new TypeError('There is no such account.');
  return found;
}

/** What is set aside in an account's open holds. */
export function heldOf(oracle: Oracle, account: number): number {
  return oracle.exchanges
    .filter((exchange) => exchange.account === account && exchange.state === 'open')
    .reduce((total, { hold }) => total + hold, 0);
}

/** Moves a balance; false when it would leave its range. */
export function post(oracle: Oracle, number: number, amount: number): boolean {
  const account = accountOf(oracle, number);
  const balance = BigInt(account.balance) + BigInt(amount);
  if (balance < 0n || balance + BigInt(heldOf(oracle, number)) > limit) return false;
  account.balance = Number(balance);
  const kind = amount > 0 ? 'grant' : 'adjustment';
  account.entries.push({ kind, amount, balanceAfter: account.balance });
  return true;
}

/** The exchange that has a key, if it claimed it less than 24 hours ago. */
export function claimOf(oracle: Oracle, account: number, key: string | null): OracleExchange | undefined {
  return oracle.exchanges.find(
    (exchange) =>
      key !== null &&
      exchange.account === account &&
      exchange.key === key &&
      exchange.createdAtMs + idempotencyKeyTtlMs > oracle.nowMs,
  );
}

/** Opens a hold, with any key; returns false if the balance is too low. */
export function reserve(
  oracle: Oracle,
  request: Pick<OracleExchange, 'id' | 'account' | 'hold' | 'key'> & { leaseMs: number },
): boolean {
  const { id, account, hold, key, leaseMs } = request;
  if (accountOf(oracle, account).balance < hold) return false;
  accountOf(oracle, account).balance -= hold;
  for (const exchange of oracle.exchanges) {
    if (exchange.account === account && key !== null && exchange.key === key) exchange.key = null;
  }
  const [createdAtMs, deadlineMs] = [oracle.nowMs, oracle.nowMs + leaseMs];
  oracle.exchanges.push({ id, account, hold, key, createdAtMs, deadlineMs, state: 'open', captured: null });
  return true;
}

/** True while an exchange's hold is open and its deadline to come. */
export function isLive(oracle: Oracle, { state, deadlineMs }: OracleExchange): boolean {
  return state === 'open' && deadlineMs > oracle.nowMs;
}

/** Charges a live hold, beyond it as far as the balance goes; returns the charge. */
export function capture(oracle: Oracle, exchange: OracleExchange, cost: number): number {
  const account = accountOf(oracle, exchange.account);
  const amount = Math.min(cost, exchange.hold + account.balance);
  account.balance += exchange.hold - amount;
  account.entries.push({ kind: 'charge', amount: 0 - amount, balanceAfter: account.balance });
  exchange.state = 'captured';
  exchange.captured = amount;
  return amount;
}

/** Gives an open hold back, and its key with it. */
export function giveBack(oracle: Oracle, exchange: OracleExchange, state: 'released' | 'expired'): void {
  accountOf(oracle, exchange.account).balance += exchange.hold;
  exchange.state = state;
  exchange.key = null;
}

/** Expires the holds that are due, or all; returns how many. */
export function expire(oracle: Oracle, everyOpen: boolean): number {
  const due = oracle.exchanges.filter(
    ({ state, deadlineMs }) => state === 'open' && (everyOpen || deadlineMs <= oracle.nowMs),
  );
  for (const exchange of due) giveBack(oracle, exchange, 'expired');
  return due.length;
}

/** Frees the keys that were claimed 24 hours ago; returns how many. */
export function forgetOldKeys(oracle: Oracle): number {
  const old = oracle.exchanges.filter(
    ({ key, createdAtMs }) => key !== null && createdAtMs + idempotencyKeyTtlMs <= oracle.nowMs,
  );
  for (const exchange of old) exchange.key = null;
  return old.length;
}
