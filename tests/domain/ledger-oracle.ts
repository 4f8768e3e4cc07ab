import { idempotencyKeyTtlMs } from '../../src/domain/chat/exchange.js';
import type { HoldState } from '../../src/domain/metering/hold.js';

/** An exchange as the oracle sees it. */
export interface OracleExchange {
  id: string;
  account: number;
  action: string;
  hold: number;
  key: string | null;
  createdAtMs: number;
  /** When it was made, by the clock of the ledger. */
  stampMs: number;
  deadlineMs: number;
  state: HoldState;
  captured: number | null;
  /** What was charged beyond the hold, and what could not be charged. */
  taken: number;
  uncollected: number;
}

/** A cap as the oracle sees it: on the whole account, or on a model. */
export interface OracleCap {
  account: number;
  model: string | null;
  window: 'day' | 'total';
  limit: number;
}

/** The clock of a ledger. */
export interface OracleClock {
  /** Returns the moment. */
  nowMs(): number;
  /** Whether the times of what is stored are moved back to let time pass, since the clock cannot be set. */
  movesStored: boolean;
  /** The offset of the time zone of the rules, which has no summer time. */
  offsetMs: number;
}

/** What the ledger should hold: credits counted in the plainest way, one step after the other. */
export interface Oracle {
  nowMs: number;
  accounts: { balance: number; entries: { kind: string; amount: number; balanceAfter: number }[] }[];
  /** Oldest first. */
  exchanges: OracleExchange[];
  caps: OracleCap[];
  clock: OracleClock;
}

const limit = 2n ** 53n - 1n;

/** An oracle of accounts with these opening grants. */
export function newOracle(openings: readonly number[], clock: OracleClock): Oracle {
  const accounts = openings.map((amount) => ({
    balance: amount,
    entries: amount === 0 ? [] : [{ kind: 'grant', amount, balanceAfter: amount }],
  }));
  return { nowMs: 0, accounts, exchanges: [], caps: [], clock };
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

/** What is asked for, with any key. */
type Request = Pick<OracleExchange, 'id' | 'account' | 'action' | 'hold' | 'key'>;

/** Why a request is refused; null if it is not. */
type Refusal = 'insufficient' | 'cap_reached' | null;

/** Opens a hold, unless it is refused. */
export function reserve(oracle: Oracle, { leaseMs, ...request }: Request & { leaseMs: number }): Refusal {
  return withdraw(oracle, request, { deadlineMs: oracle.nowMs + leaseMs, state: 'open', captured: null });
}

/** Charges an action at once, unless it is refused. */
export function spend(oracle: Oracle, request: Request): Refusal {
  const { account, hold } = request;
  const ending = { deadlineMs: oracle.nowMs, state: 'captured', captured: hold } as const;
  const refusal = withdraw(oracle, request, ending);
  const { balance, entries } = accountOf(oracle, account);
  if (refusal === null) entries.push({ kind: 'charge', amount: 0 - hold, balanceAfter: balance });
  return refusal;
}

function withdraw(
  oracle: Oracle,
  request: Request,
  ending: Pick<OracleExchange, 'deadlineMs' | 'state' | 'captured'>,
): Refusal {
  const { account, hold, key } = request;
  const made = {
    ...{ ...request, ...ending, createdAtMs: oracle.nowMs, taken: 0, uncollected: 0 },
    stampMs: oracle.clock.nowMs(),
  };
  if (accountOf(oracle, account).balance < hold) return 'insufficient';
  if (leftByCaps(oracle, made) < hold) return 'cap_reached';
  accountOf(oracle, account).balance -= hold;
  for (const exchange of oracle.exchanges) {
    if (exchange.account === account && key !== null && exchange.key === key) exchange.key = null;
  }
  oracle.exchanges.push(made);
  return null;
}

/** Sets a cap, in place of an earlier one for the same. */
export function setCap(oracle: Oracle, cap: OracleCap): void {
  const { account, model, window } = cap;
  oracle.caps = oracle.caps.filter(
    (earlier) => earlier.account !== account || earlier.model !== model || earlier.window !== window,
  );
  oracle.caps.push(cap);
}

/** What the caps of an account allow to spend beside an exchange, in the windows in which that is made. */
function leftByCaps(oracle: Oracle, exchange: OracleExchange): number {
  const lefts = oracle.caps
    .filter(({ account, model }) => account === exchange.account && counts(model, exchange))
    .map(({ account, model, window, limit }) => {
      const dayMs = dayOf(oracle, exchange);
      const counted = oracle.exchanges.filter(
        (other) =>
          other.account === account &&
          counts(model, other) &&
          (window === 'total' || dayOf(oracle, other) === dayMs),
      );
      const spent = counted.reduce(
        (sum, { state, hold, captured }) => sum + (state === 'open' ? hold : (captured ?? 0)),
        0,
      );
      return Math.max(0, limit - spent);
    });
  return Math.min(Infinity, ...lefts);
}

/** Only chats have a model, and all of them the same. */
function counts(model: string | null, { action }: OracleExchange): boolean {
  return model === null || action === 'chat';
}

/** The number of the day in which an exchange was made, by the calendar. */
function dayOf({ clock, nowMs }: Oracle, { stampMs, createdAtMs }: OracleExchange): number {
  const movedMs = clock.movesStored ? nowMs - createdAtMs : 0;
  return Math.floor((stampMs - movedMs + clock.offsetMs) / (24 * 60 * 60 * 1000));
}

/** True while an exchange's hold is open and its deadline to come. */
export function isLive(oracle: Oracle, { state, deadlineMs }: OracleExchange): boolean {
  return state === 'open' && deadlineMs > oracle.nowMs;
}

/** Charges a live hold, beyond it as far as the balance and the caps go; returns the charge. */
export function capture(oracle: Oracle, exchange: OracleExchange, cost: number): number {
  const account = accountOf(oracle, exchange.account);
  const beyond = Math.min(account.balance, leftByCaps(oracle, exchange));
  const amount = Math.min(cost, exchange.hold + beyond);
  account.balance += exchange.hold - amount;
  account.entries.push({ kind: 'charge', amount: 0 - amount, balanceAfter: account.balance });
  exchange.state = 'captured';
  exchange.captured = amount;
  exchange.taken = Math.max(0, amount - exchange.hold);
  exchange.uncollected = cost - amount;
  return amount;
}

/** Gives an open hold back, and its key with it. */
export function giveBack(oracle: Oracle, exchange: OracleExchange, state: 'released' | 'expired'): void {
  accountOf(oracle, exchange.account).balance += exchange.hold;
  exchange.state = state;
  exchange.key = null;
}

/** Expires the holds that are due, and perhaps all those of chats; returns how many. */
export function expire(oracle: Oracle, everyOpen: boolean): number {
  const due = oracle.exchanges.filter(
    ({ state, action, deadlineMs }) =>
      state === 'open' && ((everyOpen && action === 'chat') || deadlineMs <= oracle.nowMs),
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
