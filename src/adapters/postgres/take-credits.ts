import { isDomainError } from '../../domain/errors.js';
import { bringLotsUpToDate } from './account-lots.js';
import { areAllowedByCaps, beginCounting, countTaken, isAsSeen } from './cap-counters.js';
import { windowsParameter } from './cap-rows.js';
import type { Database, Queryable } from './database.js';
import {
  explainRejection,
  forgetExpiredKey,
  type CreditRequest,
  type Rejection,
} from './explain-rejection.js';
import { lockAccount, type LockedAccount } from './locked-account.js';
import { createRecordReachedCap, type RecordReachedCap } from './reached-caps.js';

// Every statement that takes credits has the user as $1, the credits as $3 and the idempotency key as $4.

/** What differs between statements that take credits. */
export interface TakingParts {
  /** `lockedBalance`, if the balance must be locked before anything else is read. */
  locked?: string;
  /** When credits can be taken, besides `isAffordable`. */
  condition: string;
  /** A further part, which counts the credits for caps. */
  counted?: string;
}

/** The part of a statement that takes credits from a balance. */
export const deductCredits = `update balances set balance = balance - $3`;

/** The condition of it: there is an open account, enough credits, and no exchange has the key. */
export const isAffordable = `
      balance >= $3 and closed_at is null
      and not exists (select 1 from exchanges where user_id = $1 and idempotency_key = $4)`;

/** The part of a statement that locks the balance; other parts read from it, and so wait for it. */
export const lockedBalance = `locked as (
    select user_id, xmin as row_version from balances where user_id = $1 for update
  ), `;

/** The condition that nothing is due for the account; the rule of the default allowance is a parameter. */
function isUpToDate(rule: string, balances = 'balances'): string {
  return `(${balances}.due_at is null or ${balances}.due_at > now())
      and ${balances}.allowance_rule is not distinct from ${rule}`;
}

/** The condition that nothing is due for the account and no cap applies to it. */
export function isReady(rule: string, balances = 'balances'): string {
  return `${isUpToDate(rule, balances)} and not ${balances}.has_caps`;
}

/** The parameters of a statement that takes credits, besides those that all have. */
interface TakingParameters {
  keyId: string;
  model: string;
  /** The rule of the default allowance. */
  rule: string;
  /** The windows of all lengths. */
  windows: string;
}

/** Returns what differs between the statements for each way to take credits. */
export function takingParts({ keyId, model, rule, windows }: TakingParameters): {
  [Way in keyof Taking<unknown>]: TakingParts;
} {
  const use = { keyId, model };
  const counted = `, ${countTaken(use)}`;
  const isAllowed = `${isAsSeen()} and ${isUpToDate(rule)} and ${areAllowedByCaps(use, windows)}`;
  return {
    fast: { condition: ` and ${isReady(rule)}` },
    capped: { locked: lockedBalance, condition: ` and ${isAllowed}`, counted },
    slow: { condition: '', counted },
  };
}

/**
 * The assignment of a statement that gives credits back: what expired lots keep for open holds is due, at the time at which `ended` has
 * ended. The columns of the locked row decide, not `hold_lots`: another transaction may have written both since the statement
 * started.
 */
export function makeKeptDue(balances = 'balances'): string {
  return `due_at = case when ${balances}.keeps_expired then least(${balances}.due_at, ended.ended_at) else ${balances}.due_at end`;
}

/** How credits are taken; null if the condition of the statement does not hold. */
export interface Taking<Taken> {
  /** If nothing is due and no cap applies: by one statement. */
  fast(): Promise<Taken | null>;
  /** If nothing is due and every cap has counted in its current window, also by one statement, which counts the credits. */
  capped(windows: string): Promise<Taken | null>;
  /** Within a transaction that has locked the account, done what is due and begun to count; counts the credits. */
  slow(within: Queryable, account: LockedAccount): Promise<Taken | null>;
}

/**
 * Takes credits, or finds the reason for the rejection. If it no longer applies, because a key was released or credits were
 * granted concurrently, tries again.
 */
export async function takeOrExplain<Taken extends { outcome: string }>(
  deps: { database: Database; accounts: CappedAccounts },
  request: CreditRequest,
  taking: Taking<Taken>,
): Promise<Taken | Rejection> {
  const taken = await takeOrReject(deps, request, taking);
  if (isReachedCap(taken)) await deps.accounts.recordReachedCap(request.userId, taken.cap);
  return taken;
}

function isReachedCap(
  taken: { outcome: string } | Rejection,
): taken is Extract<Rejection, { outcome: 'cap_reached' }> {
  return taken.outcome === 'cap_reached';
}

async function takeOrReject<Taken>(
  { database, accounts }: { database: Database; accounts: CappedAccounts },
  request: CreditRequest,
  taking: Taking<Taken>,
): Promise<Taken | Rejection> {
  const { userId, rules } = request;
  const takeCapped = () => takeBelowCaps({ database, accounts }, request, taking);
  for (;;) {
    if (rules.defaultCaps.length > 0 || accounts.has(userId)) return accounts.inTurn(userId, takeCapped);
    const taken = await (database.isSharded === true
      ? accounts.inTurn(userId, () => taking.fast())
      : taking.fast());
    if (taken !== null) return taken;
    const found = await explainRejection(database, request);
    if (found.rejection !== null) return found.rejection;
    if (found.isCapped) accounts.remember(userId, true);
    else if (found.isDue || request.mayAlert === true) return takeSlowly(database, request, taking);
    else if (found.hasExpiredKey) await forgetExpiredKey(database, request);
  }
}

async function takeBelowCaps<Taken>(
  { database, accounts }: { database: Database; accounts: CappedAccounts },
  request: CreditRequest,
  taking: Taking<Taken>,
): Promise<Taken | Rejection> {
  const taken = await taking.capped(windowsParameter(new Date(), request.rules));
  if (taken !== null) return taken;
  const found = await explainRejection(database, request);
  accounts.remember(request.userId, found.isCapped);
  return found.rejection ?? takeSlowly(database, request, taking);
}

function takeSlowly<Taken>(
  database: Database,
  request: CreditRequest,
  taking: Taking<Taken>,
): Promise<Taken | Rejection> {
  return database.transaction(async (within) => {
    const locked = await lockAccount(within, request.userId, request.rules);
    if (locked === null) return { outcome: 'no_such_user' };
    const account = await bringLotsUpToDate(within, locked, request.rules, request.nextEntryId);
    const { rejection, hasExpiredKey } = await explainRejection(within, request, { isDone: true });
    if (rejection !== null) return rejection;
    const cap = await beginCounting(within, account, request, request.rules);
    if (cap !== null) return { outcome: 'cap_reached', cap };
    if (hasExpiredKey) await forgetExpiredKey(within, request);
    const taken = await taking.slow(within, account);
    if (taken === null) throw new TypeError('Nothing may change the credits of a locked account.');
    return taken;
  });
}

/** The most accounts that are remembered. */
const maxAccounts = 10_000;

/** The accounts with caps that this process has met, and the order of their requests. */
export interface CappedAccounts {
  /** Writes the event of a cap that has rejected a request. */
  recordReachedCap: RecordReachedCap;
  /** Whether the account had caps when its last request ended. It can have got some, or none, since. */
  has(userId: string): boolean;
  remember(userId: string, isCapped: boolean): void;
  /**
   * Runs the requests of one account one after another, since each of them locks its balance: so a heavily used account waits
   * for one connection to the database and leaves the others to the rest. If the database is unavailable, those that wait fail. For
   * accounts with caps, and for all of them on a distributed database, where each request is a statement of its own.
   */
  inTurn<Result>(userId: string, request: () => Promise<Result>): Promise<Result>;
}

/** Returns a memory of the accounts with caps, at first empty. */
export function cappedAccounts(database: Database): CappedAccounts {
  const known = new Set<string>();
  /** The last request of each account that has one. */
  const last = new Map<string, Promise<unknown>>();
  return {
    recordReachedCap: createRecordReachedCap(database),
    has: (userId) => known.has(userId),
    remember: (userId, isCapped) => {
      if (!isCapped) known.delete(userId);
      else if (known.size < maxAccounts || known.has(userId)) known.add(userId);
      else known.clear();
    },
    inTurn: (userId, request) => {
      const previous = last.get(userId);
      const result = previous === undefined ? request() : previous.then(request, failOrRun(request));
      last.set(userId, result);
      const forget = () => {
        if (last.get(userId) === result) last.delete(userId);
      };
      result.then(forget, forget);
      return result;
    },
  };
}

function failOrRun<Result>(request: () => Promise<Result>) {
  return (error: unknown) => {
    if (isDomainError(error) && error.code === 'unavailable') throw error;
    return request();
  };
}
