import { summarizeAttachments } from '../../domain/chat/attachment.js';
import { allowanceRule } from '../../domain/metering/wallet-rules.js';
import type { ReserveOutcome, ReserveRequest } from '../../ports/hold-ledger.js';
import { batchStatements } from './batching/batch-statements.js';
import { requestedRows } from './batching/requested-rows.js';
import {
  violatedConstraint,
  type Database,
  type Queryable,
  type SqlValue,
  type Statement,
} from './database.js';
import {
  deductCredits,
  isAffordable,
  isReady,
  lockedBalance,
  takeOrExplain,
  takingParts,
  type TakingParts,
  type CappedAccounts,
} from './take-credits.js';

// Its rows are read by a select: Citus refuses an insert that reads other parts of its statement in `returning`.
const insertExchange = `, inserted as (
    insert into exchanges (user_id, id, held, idempotency_key, request_fingerprint, action, details, key_id,
    hold_deadline, conversation_id, begins_conversation, model, message, price, attachments,
    attachment_list, after_id, balance_after)
    select $1, $2::uuid, $3::bigint, $4, $5, $6::text, $7::jsonb, $8::uuid, now() + $9::bigint * interval '1 millisecond',
    $10::uuid, $11::text is not null, $12, $13, $14::jsonb, $15::jsonb, $16::jsonb, $18::uuid,
    case when $6::text <> 'chat' then balance end from claim
    returning created_at
  )
  select inserted.created_at, claim.balance from inserted, claim`;

const reserveWith = ({ locked = '', condition, counted = '' }: TakingParts) => `
  with ${locked}claim as (
    ${deductCredits}
    where user_id = $1 and ${isAffordable}${condition}
    returning balance
  ), created as (
    insert into conversations (user_id, id, title, last_exchange_id, settings)
    select $1, $10::uuid, $11, $2::uuid, $17::jsonb from claim where $11::text is not null
  )${counted}${insertExchange}`;

// Looks for the conversation after the balance is locked, so that a concurrent deletion is either finished or waits.
// `for update` finds that a row was deleted meanwhile; a plain read would not.
const reserveInConversationWith = ({ condition, counted = '' }: TakingParts) => `
  with ${lockedBalance}conversation as (
    select c.id from conversations c
    where c.user_id = $1 and c.id = $10 and $11::text is null and $17::jsonb is null
      and exists (select 1 from locked) for update of c
  ), claim as (
    ${deductCredits} from conversation
    where user_id = $1 and ${isAffordable}${condition}
    returning balance
  ), updated as (
    update conversations set updated_at = now(), last_exchange_id = greatest(last_exchange_id, $2::uuid),
      has_branches = has_branches or $18::uuid is not null
    from claim
    where user_id = $1 and id = $10
  )${counted}${insertExchange}`;

const parts = takingParts({ keyId: '$8::uuid', model: '$12', rule: '$19::text', windows: '$20' });

/** Creates the hold, the pending exchange and the new conversation if there is one, and claims the key; or nothing. */
export const reserve = reserveWith(parts.fast);

const statements = {
  new: {
    fast: { name: 'reserve', mayWaitForLock: true, text: reserve },
    capped: { name: 'reserve_below_caps', mayWaitForLock: true, text: reserveWith(parts.capped) },
    slow: { text: reserveWith(parts.slow) },
  },
  continued: {
    fast: {
      name: 'reserve_in_conversation',
      mayWaitForLock: true,
      text: reserveInConversationWith(parts.fast),
    },
    capped: {
      name: 'reserve_in_conversation_below_caps',
      mayWaitForLock: true,
      text: reserveInConversationWith(parts.capped),
    },
    slow: { text: reserveInConversationWith(parts.slow) },
  },
};

/**
 * `reserve` for one request of each of several users. Skips locked balances, so that no user waits for another one. Each part
 * passes the requests on with its rows, because a join of two parts compares each row with all others.
 */
export const reserveBatch = `
  with requested as materialized (
    ${requestedRows(`
        user_id uuid, id uuid, held bigint, idempotency_key text, fingerprint text, action text, details jsonb,
        key_id uuid, lease_ms bigint, conversation_id uuid, title text, model text, message text, price jsonb,
        attachments jsonb, attachment_list jsonb, settings jsonb, rule text`)}
  ), locked as materialized (
    select r.* from requested r join balances b on b.user_id = r.user_id for update of b skip locked
  ), claim as (
    update balances b set balance = b.balance - r.held from locked r
    where b.user_id = r.user_id and b.balance >= r.held and b.closed_at is null
      and not exists (
        select 1 from exchanges e where e.user_id = r.user_id and e.idempotency_key = r.idempotency_key)
      and ${isReady('r.rule', 'b')}
    returning r.*, b.balance
  ), created as (
    insert into conversations (user_id, id, title, last_exchange_id, settings)
    select user_id, conversation_id, title, id, settings from claim where title is not null
  ), inserted as (
    insert into exchanges (user_id, id, held, idempotency_key, request_fingerprint, action, details, key_id, hold_deadline,
      conversation_id, begins_conversation, model, message, price, attachments, attachment_list, balance_after)
    select user_id, id, held, idempotency_key, fingerprint, action, details, key_id,
      now() + lease_ms * interval '1 millisecond', conversation_id, title is not null, model, message, price,
      attachments, attachment_list, case when action <> 'chat' then balance end
    from claim
  )
  select id, now() as created_at, balance from claim`;

/** Creates `reserve`. Requests that continue a conversation, and those below caps, are not batched. */
export function createReserve(
  database: Database,
  accounts: CappedAccounts,
): (request: ReserveRequest) => Promise<ReserveOutcome> {
  const reserveSoon = batchStatements<ReserveRequest, ReserveOutcome>(database, {
    runBatch: (requests) => runBatch(database, requests),
    runSingle: (request) => reserveSingle({ database, accounts }, request),
  });
  return (request) =>
    accounts.has(request.userId) ? reserveSingle({ database, accounts }, request) : reserveSoon(request);
}

async function runBatch(
  database: Database,
  requests: readonly ReserveRequest[],
): Promise<(ReserveOutcome | undefined)[]> {
  const rowsOfInput = requests.filter(isBatchable).map(requestRow);
  if (rowsOfInput.length === 0) return [];
  const rows = await database.query<{ id: string; created_at: Date; balance: number }>({
    name: 'reserve_batch',
    text: reserveBatch,
    values: [JSON.stringify(rowsOfInput), rowsOfInput.length],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return requests.map(({ exchangeId }) => {
    const row = byId.get(exchangeId);
    return row && { outcome: 'reserved', createdAt: row.created_at, balance: row.balance };
  });
}

function isBatchable({ chat, rules }: ReserveRequest): boolean {
  return chat?.conversation?.title !== null && rules.defaultCaps.length === 0;
}

/** PostgreSQL reads an absent member of JSON as null, and faster than a null. */
function requestRow(request: ReserveRequest) {
  const { chat } = request;
  return {
    user_id: request.userId,
    id: request.exchangeId,
    held: request.hold,
    idempotency_key: request.idempotencyKey ?? undefined,
    fingerprint: request.requestFingerprint ?? undefined,
    action: request.action,
    details: request.details ?? undefined,
    key_id: request.keyId ?? undefined,
    lease_ms: request.leaseMs,
    conversation_id: chat?.conversation?.id,
    title: chat?.conversation?.title ?? undefined,
    settings: chat?.conversation?.settings ?? undefined,
    model: chat?.model ?? '',
    message: chat?.message ?? '',
    price: chat?.price,
    attachments: chat?.attachments ?? undefined,
    attachment_list: chat?.attachments ? summarizeAttachments(chat.attachments) : undefined,
    rule: request.rules.allowance === null ? undefined : (allowanceRule(request.rules) ?? undefined),
  };
}

function reserveSingle(
  { database, accounts }: { database: Database; accounts: CappedAccounts },
  request: ReserveRequest,
): Promise<ReserveOutcome> {
  const isContinued = request.chat?.conversation?.title === null;
  const { rule = null, ...row } = requestRow(request);
  const values = [
    ...[row.user_id, row.id, row.held, row.idempotency_key, row.fingerprint],
    ...[
      row.action,
      row.details && JSON.stringify(row.details),
      row.key_id,
      row.lease_ms,
      row.conversation_id,
    ],
    ...[row.title, row.model, row.message, row.price && JSON.stringify(row.price)],
    row.attachments && JSON.stringify(row.attachments),
    row.attachment_list && JSON.stringify(row.attachment_list),
    row.settings && JSON.stringify(row.settings),
    request.chat?.conversation?.afterId,
  ].map((value): SqlValue => value ?? null);
  const { fast, capped, slow } = isContinued ? statements.continued : statements.new;
  const conversationId = isContinued ? (row.conversation_id ?? null) : null;
  const nextEntryId = () => request.ids.next();
  const credits = { ...request, nextEntryId, credits: request.hold, conversationId, model: row.model };
  const run = (statement: Statement) => runReserve(database, statement).catch(nullIfKeyClaimed);
  return takeOrExplain<ReserveOutcome>({ database, accounts }, credits, {
    fast: () => run({ ...fast, values: [...values, rule] }),
    capped: (windows) => run({ ...capped, values: [...values, rule, windows] }),
    slow: (within) => runReserve(within, { ...slow, values }),
  });
}

async function runReserve(database: Queryable, statement: Statement): Promise<ReserveOutcome | null> {
  const [row] = await database.query<{ created_at: Date; balance: number }>(statement);
  return row === undefined ? null : { outcome: 'reserved', createdAt: row.created_at, balance: row.balance };
}

/** Another request claimed the key concurrently. */
export function nullIfKeyClaimed(error: unknown): null {
  if (violatedConstraint(error) === 'exchanges_idempotency_key') return null;
  throw error;
}
