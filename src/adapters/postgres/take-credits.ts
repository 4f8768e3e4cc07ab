import { idempotencyKeyTtlMs } from '../../domain/chat/exchange.js';
import { allowanceRule, type WalletRules } from '../../domain/metering/wallet-rules.js';
import type { RejectedOutcome, ReserveOutcome } from '../../ports/hold-ledger.js';
import { bringLotsUpToDate } from './account-lots.js';
import { countUse } from './cap-counters.js';
import type { Database, Queryable } from './database.js';
import { exchangeOf, type ExchangeRow } from './exchange-rows.js';
import { lockAccount } from './locked-account.js';
import { onlyRow } from './read-rows.js';

// Every statement that takes credits has the user as $1, the credits as $3 and the idempotency key as $4.

/** The part of a statement that takes credits from a balance. */
export const deductCredits = `update balances set balance = balance - $3`;

/** The condition of it: there is an open account, enough credits, and no exchange has the key. */
export const isAffordable = `
      balance >= $3 and closed_at is null
      and not exists (select 1 from exchanges where user_id = $1 and idempotency_key = $4)`;

/** The condition that nothing is due for the account and no cap applies to it; the rule of the default allowance is a parameter. */
export function isReady(rule: string, balances = 'balances'): string {
  return `(${balances}.due_at is null or ${balances}.due_at > now())
      and ${balances}.allowance_rule is not distinct from ${rule} and not ${balances}.has_caps`;
}

/**
 * The assignment of a statement that gives credits back: what expired lots keep for open holds is due. The columns of the
 * locked row decide, not `hold_lots`: another transaction may have written both since the statement started.
 */
export function makeKeptDue(balances = 'balances'): string {
  return `due_at = case when ${balances}.keeps_expired then least(${balances}.due_at, now()) else ${balances}.due_at end`;
}

/** The condition that something is due for the account, by its stored time or by the rule of the default allowance. */
export function isDueBy(rule: string): string {
  return `coalesce(due_at <= now(), false) or allowance_rule is distinct from ${rule}`;
}

/** A request to take credits from an account: to hold or to charge them. */
export interface CreditRequest {
  userId: string;
  /** Credits to take. */
  credits: number;
  /** Returns the ids of the entries of what is due before, in ascending order. */
  nextEntryId: () => string;
  idempotencyKey: string | null;
  /** The conversation that must exist, or null. */
  conversationId: string | null;
  keyId: string | null;
  /** An empty text for an action without a model. */
  model: string;
  rules: WalletRules;
}

/** How credits are taken; null if the condition of the statement does not hold. */
export interface Taking<Taken> {
  /** If nothing is due and no cap applies: by one statement. */
  fast(): Promise<Taken | null>;
  /** Within a transaction that has locked the account, done what is due and counted the use for the caps. */
  slow(within: Queryable): Promise<Taken | null>;
}

type Rejection = RejectedOutcome | Extract<ReserveOutcome, { outcome: 'no_such_conversation' }>;

/**
 * Takes credits, or finds the reason for the rejection. If it no longer applies, because a key was released or credits were
 * granted concurrently, tries again.
 */
export async function takeOrExplain<Taken>(
  database: Database,
  request: CreditRequest,
  taking: Taking<Taken>,
): Promise<Taken | Rejection> {
  for (;;) {
    if (request.rules.defaultCaps.length > 0) return takeSlowly(database, request, taking);
    const taken = await taking.fast();
    if (taken !== null) return taken;
    const found = await findRejection(database, request);
    if (found === 'not ready') return takeSlowly(database, request, taking);
    if (found !== null) return found;
  }
}

function takeSlowly<Taken>(
  database: Database,
  request: CreditRequest,
  taking: Taking<Taken>,
): Promise<Taken | Rejection> {
  return database.transaction(async (within) => {
    const locked = await lockAccount(within, request.userId);
    if (locked === null) return { outcome: 'no_such_user' };
    const account = await bringLotsUpToDate(within, locked, request.rules, request.nextEntryId);
    const rejection = await findRejection(within, request, { isUpToDate: true });
    if (rejection !== null && rejection !== 'not ready') return rejection;
    const cap = await countUse(within, account, request, request.rules);
    if (cap !== null) return { outcome: 'cap_reached', cap };
    const taken = await taking.slow(within);
    if (taken === null) throw new TypeError('Nothing may change the credits of a locked account.');
    return taken;
  });
}

// One statement, and so one snapshot: between two, an exchange could release the key and another claim it.
const rejection = `
  select b.balance, ${isReady('$5', 'b')} as is_ready, e.*,
    e.created_at <= now() - $3::bigint * interval '1 millisecond' as is_key_expired,
    $4::uuid is null or exists (select 1 from conversations where user_id = $1 and id = $4) as has_conversation
  from (select 1) as once
  left join balances b on b.user_id = $1 and b.closed_at is null
  left join exchanges e on e.user_id = $1 and e.idempotency_key = $2`;

const forgetKey = `
  update exchanges set idempotency_key = null
  where user_id = $1 and idempotency_key = $2 and created_at <= now() - $3::bigint * interval '1 millisecond'
  returning id`;

/** The balance, or null without an account; whether the conversation exists; and the exchange that has the key. */
type RejectionRow = { balance: number | null; is_ready: boolean; has_conversation: boolean } & (
  (ExchangeRow & { is_key_expired: boolean }) | { id: null }
);

/** Returns why credits cannot be taken; `not ready` if something must be done before, null if they can. With
 * `isUpToDate` nothing has to be done: only caps make the account one that is not ready. */
async function findRejection(
  database: Queryable,
  { userId, idempotencyKey, conversationId, credits, rules }: CreditRequest,
  { isUpToDate = false } = {},
): Promise<Rejection | 'not ready' | null> {
  const key = [userId, idempotencyKey, idempotencyKeyTtlMs];
  const values = [...key, conversationId, allowanceRule(rules)];
  const found = onlyRow(await database.query<RejectionRow>({ text: rejection, values }));
  if (found.balance === null) return { outcome: 'no_such_user' };
  if (found.id !== null && !found.is_key_expired) {
    return { outcome: 'key_claimed', exchange: exchangeOf(found) };
  }
  if (!found.has_conversation) return { outcome: 'no_such_conversation' };
  if ((isUpToDate || found.is_ready) && found.balance < credits) {
    return { outcome: 'insufficient', balance: found.balance };
  }
  if (found.id !== null) await database.query({ text: forgetKey, values: key });
  return found.is_ready ? null : 'not ready';
}
