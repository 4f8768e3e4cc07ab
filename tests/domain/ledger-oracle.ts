import { idempotencyKeyTtlMs } from '../../src/domain/chat/exchange.js';
import type { EntryKind } from '../../src/domain/ledger/entry.js';
import { leftByCaps } from './ledger-oracle-caps.js';
import { chargeLots, expireLots, giveAllowance, lotOfPost, takeFromLots } from './ledger-oracle-lots.js';
import type { PostedLot } from './ledger-oracle-lots.js';
import { accountOf, heldOf, move, openHoldsOf } from './ledger-oracle-state.js';
import type { Oracle, OracleAccount, OracleExchange, OracleLot } from './ledger-oracle-state.js';

const limit = 2n ** 53n - 1n;

/** What is posted. */
export interface OraclePost {
  kind: EntryKind;
  amount: number;
  /** The lot that a positive amount becomes. */
  lot: PostedLot;
  /** The lot that a negative amount is taken from first, or null. */
  named: OracleLot | null;
  key: string | null;
}

/** Posts an entry; `out_of_range` if the balance would leave its range. */
export function post(
  oracle: Oracle,
  account: OracleAccount,
  { kind, amount, lot, named, key }: OraclePost,
): 'posted' | 'out_of_range' {
  const balance = BigInt(account.balance) + BigInt(amount);
  if (balance < 0n || balance + BigInt(heldOf(oracle, account.number)) > limit) return 'out_of_range';
  move(account, kind, amount);
  if (key !== null) account.posts.set(key, { amount, balanceAfter: account.balance });
  if (amount > 0) account.lots.push(lotOfPost(account, kind, amount, lot));
  else takeFromLots(oracle, account, -amount, named);
  return 'posted';
}

/**
 * Does what is due for an account that is used: expired credits leave, an allowance arrives, and with it what open holds no
 * longer need of expired lots leaves.
 */
export function doWhatIsDue(oracle: Oracle, account: OracleAccount): void {
  if (account.isErased) return;
  expireLots(oracle, account);
  if (giveAllowance(oracle, account)) expireLots(oracle, account);
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
export type OracleRequest = Pick<
  OracleExchange,
  'id' | 'account' | 'action' | 'model' | 'apiKey' | 'hold' | 'key'
>;

/** Why a request is refused; null if it is not. */
type Refusal = 'insufficient' | 'cap_reached' | null;

/** Opens a hold, unless it is refused. */
export function reserve(
  oracle: Oracle,
  { leaseMs, ...request }: OracleRequest & { leaseMs: number },
): Refusal {
  return withdraw(oracle, request, { deadlineMs: oracle.nowMs + leaseMs, state: 'open', captured: null });
}

/** Charges an action at once, unless it is refused. */
export function spend(oracle: Oracle, request: OracleRequest): Refusal {
  const { account: number, hold } = request;
  const ending = { deadlineMs: oracle.nowMs, state: 'captured', captured: hold } as const;
  const refusal = withdraw(oracle, request, ending);
  if (refusal !== null) return refusal;
  const account = accountOf(oracle, number);
  account.entries.push({ kind: 'charge', amount: 0 - hold, balanceAfter: account.balance });
  takeFromLots(oracle, account, hold, null);
  return null;
}

function withdraw(
  oracle: Oracle,
  request: OracleRequest,
  ending: Pick<OracleExchange, 'deadlineMs' | 'state' | 'captured'>,
): Refusal {
  const { account, hold, key } = request;
  const made = { ...request, ...ending, createdAtMs: oracle.nowMs, taken: 0, uncollected: 0 };
  if (accountOf(oracle, account).balance < hold) return 'insufficient';
  if (leftByCaps(oracle, made) < hold) return 'cap_reached';
  accountOf(oracle, account).balance -= hold;
  for (const exchange of oracle.exchanges) {
    if (exchange.account === account && key !== null && exchange.key === key) exchange.key = null;
  }
  oracle.exchanges.push(made);
  return null;
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
  account.balance += exchange.hold;
  move(account, 'charge', 0 - amount);
  exchange.state = 'captured';
  exchange.captured = amount;
  exchange.taken = Math.max(0, amount - exchange.hold);
  exchange.uncollected = cost - amount;
  chargeLots(oracle, account, exchange);
  return amount;
}

/** Gives an open hold back, and its key with it. */
export function giveBack(oracle: Oracle, exchange: OracleExchange, state: 'released' | 'expired'): void {
  accountOf(oracle, exchange.account).balance += exchange.hold;
  exchange.state = state;
  exchange.key = null;
}

/** Expires the holds that are due, and perhaps all those of chats; returns how many. */
export function expireHolds(oracle: Oracle, everyOpen: boolean): number {
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

/** Erases an account: its open holds are given back, its keys, caps and allowance are gone. */
export function erase(oracle: Oracle, account: OracleAccount): void {
  for (const exchange of openHoldsOf(oracle, account.number)) giveBack(oracle, exchange, 'released');
  for (const exchange of oracle.exchanges) if (exchange.account === account.number) exchange.key = null;
  Object.assign(account, { isErased: true, caps: [], allowance: null });
  account.apiKeys.clear();
}
