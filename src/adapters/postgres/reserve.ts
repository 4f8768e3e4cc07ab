import { idempotencyKeyTtlMs } from '../../domain/chat/exchange.js';
import type { ReserveOutcome, ReserveRequest } from '../../ports/chat-ledger.js';
import { violatedConstraint, type Database, type SqlValue } from './database.js';
import { exchangeOf, priceColumns, type ExchangeRow } from './exchange-rows.js';
import { onlyRow } from './rows.js';
import { batchStatements } from './batching/batch-statements.js';

const deductHold = `
    update balances set balance = balance - $6`;
const ifAllowed = `
      and balance >= $6 and closed_at is null
      and not exists (select 1 from exchanges where user_id = $1 and idempotency_key = $8)
    returning balance`;
const insertExchange = `
  insert into exchanges (user_id, id, conversation_id, begins_conversation, model, message, held, hold_deadline,
    idempotency_key, request_fingerprint, price_per_message, price_per_1k_input, price_per_1k_output)
  select $1, $2::uuid, $3::uuid, $13::text is not null, $4, $5, $6::bigint, now() + $7::bigint * interval '1 millisecond',
    $8, $9, $10::bigint, $11::bigint, $12::bigint from claim
  returning created_at, (select balance from claim) as balance`;

/** The hold, the pending exchange, its conversation if it begins one, and the claim on the key; or none of it. */
export const reserve = `
  with claim as (${deductHold}
    where user_id = $1${ifAllowed}
  ), begun as (
    insert into conversations (user_id, id, title, last_exchange_id)
    select $1, $3::uuid, $13, $2::uuid from claim where $13::text is not null
  )${insertExchange}`;

// The conversation is looked for once the balance is locked, so that whoever erases it has done so before, or waits.
// Locking finds a row that is gone by then missing, which reading would not.
const reserveWithin = `
  with locked as (
    select user_id from balances where user_id = $1 for update
  ), conversation as (
    select c.id from conversations c, locked where c.user_id = $1 and c.id = $3 and $13::text is null for update of c
  ), claim as (${deductHold} from conversation
    where user_id = $1${ifAllowed}
  ), written as (
    update conversations set updated_at = now(), last_exchange_id = greatest(last_exchange_id, $2::uuid) from claim
    where user_id = $1 and id = $3
  )${insertExchange}`;

/**
 * As `reserve`, for one request of each of several users at once. Passes over whoever's balance somebody else is at, so
 * that nobody waits for a stranger.
 */
const reserveBatchSql = `
  with asked as materialized (
    select * from json_to_recordset($1) as asked (
      user_id uuid, id uuid, conversation_id uuid, title text, model text, message text, held bigint, lease_ms bigint,
      idempotency_key text, fingerprint text, per_message bigint, per_1k_input bigint,
      per_1k_output bigint)
    limit json_array_length($1)
  ), locked as materialized (
    select b.user_id from balances b join asked a on a.user_id = b.user_id for update of b skip locked
  ), claim as (
    update balances b set balance = b.balance - a.held
    from asked a join locked l on l.user_id = a.user_id
    where b.user_id = a.user_id and b.balance >= a.held and b.closed_at is null
      and not exists (
        select 1 from exchanges e where e.user_id = a.user_id and e.idempotency_key = a.idempotency_key)
    returning b.user_id, b.balance
  ), begun as (
    insert into conversations (user_id, id, title, last_exchange_id)
    select a.user_id, a.conversation_id, a.title, a.id from asked a join claim c on c.user_id = a.user_id
    where a.title is not null
  )
  insert into exchanges (user_id, id, conversation_id, begins_conversation, model, message, held, hold_deadline,
    idempotency_key, request_fingerprint, price_per_message, price_per_1k_input, price_per_1k_output)
  select a.user_id, a.id, a.conversation_id, a.title is not null, a.model, a.message, a.held,
    now() + a.lease_ms * interval '1 millisecond', a.idempotency_key, a.fingerprint, a.per_message, a.per_1k_input,
    a.per_1k_output
  from asked a join claim c on c.user_id = a.user_id
  returning id, created_at, (select c.balance from claim c where c.user_id = exchanges.user_id) as balance`;

// One statement, and so one moment: between two, one exchange could give the key up and another claim it.
const findRejection = `
  select b.balance, e.*, e.created_at <= now() - $3::bigint * interval '1 millisecond' as key_is_old,
    $4::uuid is null or exists (select 1 from conversations where user_id = $1 and id = $4) as has_conversation
  from (select 1) as once
  left join balances b on b.user_id = $1 and b.closed_at is null
  left join exchanges e on e.user_id = $1 and e.idempotency_key = $2`;

const forgetKey = `
  update exchanges set idempotency_key = null
  where user_id = $1 and idempotency_key = $2 and created_at <= now() - $3::bigint * interval '1 millisecond'
  returning id`;

/** The balance, null without an account; whether the conversation is there; and the exchange that has the key. */
type RejectionRow = { balance: number | null; has_conversation: boolean } & (
  (ExchangeRow & { key_is_old: boolean }) | { id: null }
);

/**
 * Reserves, or reads why not. What stood in the way may be gone by the time it is looked for (a key freed, credits
 * granted), and then it tries again.
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
    if (found.id !== null && !found.key_is_old) {
      return { outcome: 'key_claimed', exchange: exchangeOf(found) };
    }
    if (!found.has_conversation) return { outcome: 'no_such_conversation' };
    if (found.balance < hold) return { outcome: 'insufficient', balance: found.balance };
    if (found.id !== null) await database.query({ text: forgetKey, values: key });
  }
}

/** Reserves, for several at once. An earlier conversation is looked for alone. */
export function createReserve(database: Database): (request: ReserveRequest) => Promise<ReserveOutcome> {
  return batchStatements({
    together: (requests) => reserveBatch(database, requests),
    alone: (request) => reserveOrExplain(database, request),
  });
}

async function reserveBatch(
  database: Database,
  requests: readonly ReserveRequest[],
): Promise<(ReserveOutcome | undefined)[]> {
  const asked = requests.filter(({ conversation }) => conversation?.title !== null).map(requestRow);
  if (asked.length === 0) return [];
  const rows = await database.query<{ id: string; created_at: Date; balance: number }>({
    name: 'reserve_together',
    text: reserveBatchSql,
    values: [JSON.stringify(asked)],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return requests.map(({ exchangeId }) => {
    const row = byId.get(exchangeId);
    return row && { outcome: 'reserved', createdAt: row.created_at, balance: row.balance };
  });
}

function requestRow(request: ReserveRequest) {
  const [perMessage, per1kInput, per1kOutput] = priceColumns(request.price);
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
    per_message: perMessage,
    per_1k_input: per1kInput,
    per_1k_output: per1kOutput,
  };
}

async function tryReserve(database: Database, request: ReserveRequest): Promise<ReserveOutcome | null> {
  const isWithin = request.conversation?.title === null;
  const values: SqlValue[] = [
    ...[request.userId, request.exchangeId, request.conversation?.id ?? null, request.model, request.message],
    ...[request.hold, request.leaseMs, request.idempotencyKey, request.requestFingerprint],
    ...priceColumns(request.price),
    request.conversation?.title ?? null,
  ];
  try {
    const [row] = await database.query<{ created_at: Date; balance: number }>(
      isWithin
        ? { name: 'reserve_within', mayWait: true, text: reserveWithin, values }
        : { name: 'reserve', mayWait: true, text: reserve, values },
    );
    return row === undefined
      ? null
      : { outcome: 'reserved', createdAt: row.created_at, balance: row.balance };
  } catch (error) {
    if (violatedConstraint(error) === 'exchanges_idempotency_key') return null;
    throw error;
  }
}
