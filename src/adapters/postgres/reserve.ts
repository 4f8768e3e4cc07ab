import { idempotencyKeyTtlMs } from '../../domain/chat/exchange.js';
import type { ReserveOutcome, ReserveRequest } from '../../ports/hold-ledger.js';
import { violatedConstraint, type Database, type SqlValue } from './database.js';
import { exchangeOf, type ExchangeRow } from './exchange-rows.js';
import { onlyRow } from './read-rows.js';
import { batchStatements } from './batching/batch-statements.js';

const deductHold = `
    update balances set balance = balance - $6`;
const ifAllowed = `
      and balance >= $6 and closed_at is null
      and not exists (select 1 from exchanges where user_id = $1 and idempotency_key = $8)
    returning balance`;
const insertExchange = `
  insert into exchanges (user_id, id, conversation_id, begins_conversation, model, message, held, hold_deadline,
    idempotency_key, request_fingerprint, price)
  select $1, $2::uuid, $3::uuid, $11::text is not null, $4, $5, $6::bigint, now() + $7::bigint * interval '1 millisecond',
    $8, $9, $10::text::jsonb from claim
  returning created_at, (select balance from claim) as balance`;

/** Creates the hold, the pending exchange and the new conversation if there is one, and claims the key; or nothing. */
export const reserve = `
  with claim as (${deductHold}
    where user_id = $1${ifAllowed}
  ), created as (
    insert into conversations (user_id, id, title, last_exchange_id)
    select $1, $3::uuid, $11, $2::uuid from claim where $11::text is not null
  )${insertExchange}`;

// Looks for the conversation after the balance is locked, so that a concurrent deletion is either finished or waits.
// `for update` finds that a row was deleted meanwhile; a plain read would not.
const reserveInConversation = `
  with locked as (
    select user_id from balances where user_id = $1 for update
  ), conversation as (
    select c.id from conversations c, locked where c.user_id = $1 and c.id = $3 and $11::text is null for update of c
  ), claim as (${deductHold} from conversation
    where user_id = $1${ifAllowed}
  ), updated as (
    update conversations set updated_at = now(), last_exchange_id = greatest(last_exchange_id, $2::uuid) from claim
    where user_id = $1 and id = $3
  )${insertExchange}`;

/** `reserve` for one request of each of several users. Skips locked balances, so that no user waits for another one. */
const reserveBatchSql = `
  with requested as materialized (
    select * from json_to_recordset($1) as requested (
      user_id uuid, id uuid, conversation_id uuid, title text, model text, message text, held bigint, lease_ms bigint,
      idempotency_key text, fingerprint text, price jsonb)
    limit json_array_length($1)
  ), locked as materialized (
    select b.user_id from balances b join requested r on r.user_id = b.user_id for update of b skip locked
  ), claim as (
    update balances b set balance = b.balance - r.held
    from requested r join locked l on l.user_id = r.user_id
    where b.user_id = r.user_id and b.balance >= r.held and b.closed_at is null
      and not exists (
        select 1 from exchanges e where e.user_id = r.user_id and e.idempotency_key = r.idempotency_key)
    returning b.user_id, b.balance
  ), created as (
    insert into conversations (user_id, id, title, last_exchange_id)
    select r.user_id, r.conversation_id, r.title, r.id from requested r join claim c on c.user_id = r.user_id
    where r.title is not null
  )
  insert into exchanges (user_id, id, conversation_id, begins_conversation, model, message, held, hold_deadline,
    idempotency_key, request_fingerprint, price)
  select r.user_id, r.id, r.conversation_id, r.title is not null, r.model, r.message, r.held,
    now() + r.lease_ms * interval '1 millisecond', r.idempotency_key, r.fingerprint, r.price
  from requested r join claim c on c.user_id = r.user_id
  returning id, created_at, (select c.balance from claim c where c.user_id = exchanges.user_id) as balance`;

// One statement, and so one snapshot: between two, an exchange could release the key and another claim it.
const findRejection = `
  select b.balance, e.*, e.created_at <= now() - $3::bigint * interval '1 millisecond' as is_key_expired,
    $4::uuid is null or exists (select 1 from conversations where user_id = $1 and id = $4) as has_conversation
  from (select 1) as once
  left join balances b on b.user_id = $1 and b.closed_at is null
  left join exchanges e on e.user_id = $1 and e.idempotency_key = $2`;

const forgetKey = `
  update exchanges set idempotency_key = null
  where user_id = $1 and idempotency_key = $2 and created_at <= now() - $3::bigint * interval '1 millisecond'
  returning id`;

/** The balance, or null without an account; whether the conversation exists; and the exchange that has the key. */
type RejectionRow = { balance: number | null; has_conversation: boolean } & (
  (ExchangeRow & { is_key_expired: boolean }) | { id: null }
);

/**
 * Reserves, or finds the reason for the rejection. If it no longer applies, because a key was released or credits were
 * granted concurrently, tries again.
 */
async function reserveOrExplain(database: Database, request: ReserveRequest): Promise<ReserveOutcome> {
  const { userId, hold, idempotencyKey, conversation } = request;
  const earlierConversation = conversation?.title === null ? conversation.id : null;
  for (;;) {
    const reserved = await tryReserve(database, request);
    if (reserved !== null) return reserved;
    const key = [userId, idempotencyKey, idempotencyKeyTtlMs];
    const values = [...key, earlierConversation];
    const found = onlyRow(await database.query<RejectionRow>({ text: findRejection, values }));
    if (found.balance === null) return { outcome: 'no_such_user' };
    if (found.id !== null && !found.is_key_expired) {
      return { outcome: 'key_claimed', exchange: exchangeOf(found) };
    }
    if (!found.has_conversation) return { outcome: 'no_such_conversation' };
    if (found.balance < hold) return { outcome: 'insufficient', balance: found.balance };
    if (found.id !== null) await database.query({ text: forgetKey, values: key });
  }
}

/** Creates `reserve`. Requests that continue a conversation are not batched. */
export function createReserve(database: Database): (request: ReserveRequest) => Promise<ReserveOutcome> {
  return batchStatements({
    runBatch: (requests) => reserveBatch(database, requests),
    runSingle: (request) => reserveOrExplain(database, request),
  });
}

async function reserveBatch(
  database: Database,
  requests: readonly ReserveRequest[],
): Promise<(ReserveOutcome | undefined)[]> {
  const rowsOfInput = requests.filter(({ conversation }) => conversation?.title !== null).map(requestRow);
  if (rowsOfInput.length === 0) return [];
  const rows = await database.query<{ id: string; created_at: Date; balance: number }>({
    name: 'reserve_batch',
    text: reserveBatchSql,
    values: [JSON.stringify(rowsOfInput)],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return requests.map(({ exchangeId }) => {
    const row = byId.get(exchangeId);
    return row && { outcome: 'reserved', createdAt: row.created_at, balance: row.balance };
  });
}

function requestRow(request: ReserveRequest) {
  return {
    user_id: request.userId,
    id: request.exchangeId,
    conversation_id: request.conversation?.id ?? null,
    title: request.conversation?.title ?? null,
    model: request.model,
    message: request.message,
    held: request.hold,
    lease_ms: request.leaseMs,
    idempotency_key: request.idempotencyKey,
    fingerprint: request.requestFingerprint,
    price: request.price,
  };
}

async function tryReserve(database: Database, request: ReserveRequest): Promise<ReserveOutcome | null> {
  const continuesConversation = request.conversation?.title === null;
  const values: SqlValue[] = [
    ...[request.userId, request.exchangeId, request.conversation?.id ?? null, request.model, request.message],
    ...[request.hold, request.leaseMs, request.idempotencyKey, request.requestFingerprint],
    JSON.stringify(request.price),
    request.conversation?.title ?? null,
  ];
  try {
    const [row] = await database.query<{ created_at: Date; balance: number }>(
      continuesConversation
        ? { name: 'reserve_in_conversation', mayWaitForLock: true, text: reserveInConversation, values }
        : { name: 'reserve', mayWaitForLock: true, text: reserve, values },
    );
    return row === undefined
      ? null
      : { outcome: 'reserved', createdAt: row.created_at, balance: row.balance };
  } catch (error) {
    if (violatedConstraint(error) === 'exchanges_idempotency_key') return null;
    throw error;
  }
}
