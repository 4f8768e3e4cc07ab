import { maxCredits } from '../../domain/ledger/entry.js';
import { idempotencyKeyTtlMs } from '../../domain/chat/exchange.js';
import { capsFor, capState, capThatForbids, counterName } from '../../domain/metering/cap.js';
import { allowanceRule, type WalletRules } from '../../domain/metering/wallet-rules.js';
import { windowAt } from '../../domain/metering/window.js';
import type { RejectedOutcome, ReserveOutcome } from '../../ports/hold-ledger.js';
import { capColumns, capOf, type CapRow } from './cap-rows.js';
import type { Queryable } from './database.js';
import { exchangeOf, type ExchangeRow } from './exchange-rows.js';
import { onlyRow } from './read-rows.js';

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
  /** True if an event about a low balance can be due; then they are taken with the account locked. */
  mayAlert?: boolean;
}

/** The condition that something is due for the account, by its stored time or by the rule of the default allowance. */
export function isDueBy(rule: string): string {
  return `coalesce(due_at <= now(), false) or allowance_rule is distinct from ${rule}`;
}

/** Why credits cannot be taken. */
export type Rejection = RejectedOutcome | Extract<ReserveOutcome, { outcome: 'no_such_conversation' }>;

/** What was found in place of credits; nothing rejects the request if it could be repeated at once. */
export interface Explanation {
  rejection: Rejection | null;
  /** Whether something expires or is given before credits can be taken. */
  isDue: boolean;
  isCapped: boolean;
  /** Whether an exchange has the key although its time is over: it has to be forgotten before the credits are taken. */
  hasExpiredKey: boolean;
}

// One statement, and so one snapshot: between two, an exchange could release the key and another claim it. No key is empty, and
// for a null Citus would read every shard.
const explanation = `
  select b.balance, b.debt, now() as now, b.has_caps, ${isDueBy('$5')} as is_due, e.*,
    e.created_at <= now() - $3::bigint * interval '1 millisecond' as is_key_expired,
    $4::uuid is null or exists (select 1 from conversations where user_id = $1 and id = $4) as has_conversation,
    case when b.has_caps then (
      select json_agg(c) from (select ${capColumns} from caps where user_id = $1) as c) end as caps,
    case when b.has_caps then (
      select json_agg(k) from (
        select cap, window_start, least(counted, ${maxCredits}) as counted from cap_counters
        where user_id = $1 and window_start <= now() and (window_end is null or now() < window_end)) as k) end as counters
  from (select 1) as once
  left join balances b on b.user_id = $1 and b.closed_at is null
  left join exchanges e on e.user_id = $1 and e.idempotency_key = coalesce($2::text, '')`;

const forgetKey = `
  update exchanges set idempotency_key = null
  where user_id = $1 and idempotency_key = $2 and created_at <= now() - $3::bigint * interval '1 millisecond'
  returning id`;

/** The account, if there is one; whether the conversation exists; and the exchange that has the key. */
type ExplanationRow = (AccountRow | { balance: null }) & { has_conversation: boolean } & (
    | (ExchangeRow & { is_key_expired: boolean })
    | { id: null }
  );

interface AccountRow {
  balance: number;
  debt: number;
  now: Date;
  has_caps: boolean;
  is_due: boolean;
  /** Times are texts in JSON. */
  caps: (Omit<CapRow, 'created_at'> & { created_at: string })[] | null;
  counters: { cap: string; window_start: string; counted: number }[] | null;
}

/**
 * Returns why credits cannot be taken. A cap rejects only if all that apply have counted in their current windows. With `isDone`, what is due
 * was done before.
 */
export async function explainRejection(
  database: Queryable,
  request: CreditRequest,
  { isDone = false } = {},
): Promise<Explanation> {
  const { userId, idempotencyKey, conversationId, credits, rules } = request;
  const values = [userId, idempotencyKey, idempotencyKeyTtlMs, conversationId, allowanceRule(rules)];
  const found = onlyRow(await database.query<ExplanationRow>({ text: explanation, values }));
  if (found.balance === null)
    return { rejection: { outcome: 'no_such_user' }, isDue: false, isCapped: false, hasExpiredKey: false };
  const hasExpiredKey = found.id !== null && found.is_key_expired;
  const state = { isDue: found.is_due && !isDone, isCapped: found.has_caps, hasExpiredKey };
  const rejectedBy = (rejection: Rejection | null) => ({ rejection, ...state });
  if (found.id !== null && !hasExpiredKey)
    return rejectedBy({ outcome: 'key_claimed', exchange: exchangeOf(found) });
  if (!found.has_conversation) return rejectedBy({ outcome: 'no_such_conversation' });
  if (!state.isDue && found.debt > 0) return rejectedBy({ outcome: 'debt_outstanding', debt: found.debt });
  if (!state.isDue && found.balance < credits)
    return rejectedBy({ outcome: 'insufficient', balance: found.balance });
  return rejectedBy(state.isDue ? null : rejectionByCap(found, request));
}

/** Lets another request have a key whose time is over. */
export async function forgetExpiredKey(
  database: Queryable,
  { userId, idempotencyKey }: CreditRequest,
): Promise<void> {
  await database.query({ text: forgetKey, values: [userId, idempotencyKey, idempotencyKeyTtlMs] });
}

function rejectionByCap(
  { now, caps, counters }: AccountRow,
  request: CreditRequest,
): Extract<Rejection, { outcome: 'cap_reached' }> | null {
  const { defaultCaps, timeZone } = request.rules;
  const stored = (caps ?? []).map((row) => capOf({ ...row, created_at: new Date(row.created_at) }));
  const nameOf = (cap: string, start: Date) => `${start.getTime()} ${cap}`;
  const counts = new Map(
    counters?.map(({ cap, window_start: start, counted }) => [nameOf(cap, new Date(start)), counted]),
  );
  const applying = capsFor(request, stored, defaultCaps);
  const states = applying.flatMap((cap) => {
    const window = windowAt(cap.window, now, timeZone);
    const counted = counts.get(nameOf(counterName(cap), window.start));
    return counted === undefined ? [] : [capState(cap, window, counted)];
  });
  // A cap that has not counted yet may be the one with the least left.
  const cap = states.length < applying.length ? null : capThatForbids(states, request.credits);
  return cap === null ? null : { outcome: 'cap_reached', cap };
}
