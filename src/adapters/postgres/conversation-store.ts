import type { Conversation, EarlierExchange } from '../../domain/chat/conversation.js';
import { pageBy, pageOf } from '../../domain/page.js';
import type { ConversationReference, ConversationStore } from '../../ports/conversation-store.js';
import type { Database } from './database.js';
import { exchangeColumns, exchangeOf, type ExchangeRow } from './exchange-rows.js';

const columns = `user_id, id, title, created_at, updated_at`;

const list = `
  select ${columns}, last_exchange_id from conversations
  where user_id = $1 and ($2::uuid is null or last_exchange_id < $2::uuid)
  order by last_exchange_id desc limit $3`;

const find = `select ${columns} from conversations where user_id = $1 and id = $2`;

const exchanges = `
  select ${exchangeColumns} from exchanges where user_id = $1 and conversation_id = $2 and ($3::uuid is null or id < $3::uuid)
  order by id desc limit $4`;

// The inner limit bounds the rows that are read, the outer condition the text that is returned.
const turns = `
  select message, attachments, reply from (
    select id, message, attachments, reply, sum(length(message) + length(reply)) over newer as chars,
      sum(case when attachment_list is not null then (
        select coalesce(sum((item->>'bytes')::bigint), 0) from jsonb_array_elements(attachment_list) item
      ) else 0 end) over newer as bytes
    from (
      select id, message, attachments, attachment_list, reply from exchanges
      where user_id = $1 and conversation_id = $2 and not erased
        and (status = 'completed' or (status = 'cancelled' and reply <> ''))
      order by id desc limit $3) as newest
    window newer as (order by id desc)) as counted
  where chars <= $4 and bytes <= $5 order by id`;

const rename = `
  update conversations set title = $3 where user_id = $1 and id = $2
  returning ${columns}`;

// Lock order: the balance, then the conversation, then the exchanges.
const lockBalance = `select balance from balances where user_id = $1 for update`;

const remove = `delete from conversations where user_id = $1 and id = $2 returning id`;

const blankTexts = `
  update exchanges
  set message = '', reply = case when reply is null then null else '' end, tool_calls = null, attachments = null,
    attachment_list = null, reply_parts = null, stop_sequence = null, erased = true, request_fingerprint = null
  where user_id = $1 and conversation_id = $2`;

interface ConversationRow {
  user_id: string;
  id: string;
  title: string;
  created_at: Date;
  updated_at: Date;
}

function conversationOf(row: ConversationRow): Conversation {
  return {
    id: row.id,
    userId: row.user_id,
    title: row.title,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Conversations in PostgreSQL. */
export function postgresConversationStore(database: Database): ConversationStore {
  return {
    async list(userId, { limit, before }) {
      const rows = await database.query<ConversationRow & { last_exchange_id: string }>({
        text: list,
        values: [userId, before, limit + 1],
      });
      const { results, next } = pageBy(rows, limit, (row) => row.last_exchange_id);
      return { results: results.map(conversationOf), next };
    },
    async read({ userId, conversationId }, { limit, before }) {
      const [row] = await database.query<ConversationRow>({ text: find, values: [userId, conversationId] });
      if (row === undefined) return null;
      const values = [userId, conversationId, before, limit + 1];
      const rows = await database.query<ExchangeRow>({ text: exchanges, values });
      return { conversation: conversationOf(row), exchanges: pageOf(rows.map(exchangeOf), limit) };
    },
    recentExchanges: ({ userId, conversationId }, { maxExchanges, maxChars, maxBytes }) =>
      database.query<EarlierExchange>({
        text: turns,
        values: [userId, conversationId, maxExchanges, maxChars, maxBytes],
      }),
    async rename({ userId, conversationId }, title) {
      const values = [userId, conversationId, title];
      const [row] = await database.query<ConversationRow>({ text: rename, values });
      return row === undefined ? null : conversationOf(row);
    },
    erase: (conversation) => eraseConversation(database, conversation),
  };
}

/**
 * After `lockBalance`, no exchange of the account can begin: it waits, and then finds no conversation. Each statement sees
 * the rows committed before it started, so that all earlier exchanges are blanked.
 */
function eraseConversation(
  database: Database,
  { userId, conversationId }: ConversationReference,
): Promise<boolean> {
  return database.transaction(async (within) => {
    await within.query({ text: lockBalance, values: [userId] });
    const removed = await within.query({ text: remove, values: [userId, conversationId] });
    if (removed.length === 0) return false;
    await within.query({ text: blankTexts, values: [userId, conversationId] });
    return true;
  });
}
