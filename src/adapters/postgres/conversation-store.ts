import {
  noSettings,
  type Conversation,
  type ConversationSettings,
  type EarlierExchange,
} from '../../domain/chat/conversation.js';
import { pageBy, pageOf } from '../../domain/page.js';
import type { ConversationReference, ConversationStore } from '../../ports/conversation-store.js';
import type { Database } from './database.js';
import { exchangeColumns, exchangeOf, type ExchangeRow } from './exchange-rows.js';

const columns = `user_id, id, title, settings, pinned_at, created_at, updated_at`;

const list = `
  select ${columns}, last_exchange_id from conversations
  where user_id = $1 and ($2::uuid is null or last_exchange_id < $2::uuid)
  order by last_exchange_id desc limit $3`;

const find = `select ${columns} from conversations where user_id = $1 and id = $2`;

const exchanges = `
  select ${exchangeColumns} from exchanges where user_id = $1 and conversation_id = $2 and ($3::uuid is null or id < $3::uuid)
  order by id desc limit $4`;

// The inner limit bounds the rows that are read, the outer condition the text that is returned. Settings have a row of their own,
// so that a long system prompt is not repeated.
const turns = `
  select settings, null as message, null as attachments, null as reply, null as id from conversations
  where user_id = $1 and id = $2 and settings is not null
  union all
  select null, message, attachments, reply, id from (
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
  where chars <= $4 and bytes <= $5 order by id nulls first`;

// A setting that is null is removed, and no settings are null.
const change = `
  update conversations set title = coalesce($3, title),
    settings = case when $4::jsonb is null then settings
      else nullif(jsonb_strip_nulls(coalesce(settings, '{}') || $4::jsonb), '{}') end,
    pinned_at = case when $5::boolean is null then pinned_at when $5::boolean then coalesce(pinned_at, now()) end
  where user_id = $1 and id = $2
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
  settings: Partial<ConversationSettings> | null;
  pinned_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

/** The settings, or an exchange. */
type TurnRow = { settings: Partial<ConversationSettings> | null } & (EarlierExchange | { message: null });

function isTurn(row: TurnRow): row is TurnRow & EarlierExchange {
  return row.message !== null;
}

function conversationOf(row: ConversationRow): Conversation {
  return {
    id: row.id,
    userId: row.user_id,
    title: row.title,
    settings: { ...noSettings, ...row.settings },
    isPinned: row.pinned_at !== null,
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
    async recentExchanges({ userId, conversationId }, { maxExchanges, maxChars, maxBytes }) {
      const values = [userId, conversationId, maxExchanges, maxChars, maxBytes];
      const rows = await database.query<TurnRow>({ text: turns, values });
      return {
        settings: { ...noSettings, ...rows[0]?.settings },
        exchanges: rows
          .filter(isTurn)
          .map(({ message, attachments = null, reply }) => ({ message, attachments, reply })),
      };
    },
    async change({ userId, conversationId }, { title = null, settings, isPinned = null }) {
      const changed = settings === undefined ? null : JSON.stringify(settings);
      const values = [userId, conversationId, title, changed, isPinned];
      const [row] = await database.query<ConversationRow>({ text: change, values });
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
