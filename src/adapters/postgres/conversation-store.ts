import {
  noSettings,
  snippetChars,
  snippetCharsBefore,
  type Conversation,
  type ConversationSettings,
  type EarlierExchange,
} from '../../domain/chat/conversation.js';
import { branchOf, type BranchPlace, type ExchangeLink } from '../../domain/chat/branch.js';
import { pageBy, pageOf } from '../../domain/page.js';
import type { ConversationReference, ConversationStore } from '../../ports/conversation-store.js';
import type { Database } from './database.js';
import { exchangeColumns, exchangeOf, type ExchangeRow } from './exchange-rows.js';

const columns = `user_id, id, title, settings, pinned_at, has_branches, created_at, updated_at`;

const list = `
  select ${columns}, last_exchange_id from conversations
  where user_id = $1 and ($2::uuid is null or last_exchange_id < $2::uuid)
  order by last_exchange_id desc limit $3`;

// Reads the texts of one account, the newest conversation first, until the page is full. An index of texts would be written by
// each message and each reply; this is read by those who search.
const search = `
  select ${columns}, last_exchange_id, snippet from conversations c left join lateral (
    select substr(text, greatest(strpos(lower(text), lower($4)) - ${snippetCharsBefore}, 1), ${snippetChars}) as snippet
    from exchanges e, unnest(array[e.message, e.reply]) as text
    where e.user_id = $1 and e.conversation_id = c.id and not e.erased and strpos(lower(text), lower($4)) > 0
    order by e.id desc limit 1) as found on $4::text is not null
  where c.user_id = $1 and ($2::uuid is null or c.last_exchange_id < $2::uuid)
    and ($5::boolean is null or (c.pinned_at is not null) = $5::boolean)
    and ($4::text is null or snippet is not null or strpos(lower(c.title), lower($4)) > 0)
  order by c.last_exchange_id desc limit $3`;

const find = `select ${columns} from conversations where user_id = $1 and id = $2`;

const exchanges = `
  select ${exchangeColumns} from exchanges where user_id = $1 and conversation_id = $2 and ($3::uuid is null or id < $3::uuid)
  order by id desc limit $4`;

// The inner limit bounds the rows that are read, the outer condition the text that is returned. What the conversation has of its
// own has a row of its own, so that a long system prompt is not repeated.
const turns = `
  select settings, has_branches, null as message, null as attachments, null as reply, null as id from conversations
  where user_id = $1 and id = $2 and (settings is not null or has_branches)
  union all
  select null, false, message, attachments, reply, id from (
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

// The newest ones of a conversation with branches; a chain that goes on before them ends there.
const links = `
  select id, after_id as "afterId" from exchanges where user_id = $1 and conversation_id = $2
  order by id desc limit 10000`;

const settingsOnly = `select settings from conversations where user_id = $1 and id = $2`;

// As `turns`, of these exchanges, the newest first.
const branchTurns = `
  select message, attachments, reply from (
    select position, message, attachments, reply, sum(length(message) + length(reply)) over newer as chars,
      sum(case when attachment_list is not null then (
        select coalesce(sum((item->>'bytes')::bigint), 0) from jsonb_array_elements(attachment_list) item
      ) else 0 end) over newer as bytes
    from (
      select position, message, attachments, attachment_list, reply
      from unnest($3::uuid[]) with ordinality as branch(id, position)
      join exchanges e on e.user_id = $1 and e.id = branch.id
      where conversation_id = $2 and not erased
        and (status = 'completed' or (status = 'cancelled' and reply <> ''))
      order by position limit $4) as newest
    window newer as (order by position)) as counted
  where chars <= $5 and bytes <= $6 order by position desc`;

// A setting that is null is removed, and no settings are null.
const change = `
  update conversations set title = coalesce($3, title),
    settings = case when $4::jsonb is null then settings
      else nullif(jsonb_strip_nulls(coalesce(settings, '{}') || $4::jsonb), '{}') end,
    pinned_at = case when $5::boolean is null then pinned_at when $5::boolean then coalesce(pinned_at, moment.now) end
  from (select now() as now) as moment
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
  has_branches: boolean;
  created_at: Date;
  updated_at: Date;
}

/** What the conversation has of its own, or an exchange. */
type TurnRow = { settings: Partial<ConversationSettings> | null; has_branches: boolean } & (
  | EarlierExchange
  | { message: null }
);

function isTurn(row: TurnRow): row is TurnRow & EarlierExchange {
  return row.message !== null;
}

function turnOf({ message, attachments = null, reply }: EarlierExchange): EarlierExchange {
  return { message, attachments, reply };
}

type ContextBounds = Parameters<ConversationStore['recentExchanges']>[1];

/** Reads the branch of a message: which exchanges it has, then their texts. No exchange ever changes what it follows. */
async function readBranch(
  database: Database,
  { userId, conversationId }: ConversationReference,
  { maxExchanges, maxChars, maxBytes }: ContextBounds,
  place: BranchPlace | null,
): ReturnType<ConversationStore['recentExchanges']> {
  const ownValues = [userId, conversationId];
  const [own] = await database.query<Pick<ConversationRow, 'settings'>>({
    text: settingsOnly,
    values: ownValues,
  });
  const newestFirst = await database.query<ExchangeLink>({ text: links, values: ownValues });
  const branch = own === undefined ? null : branchOf(newestFirst.reverse(), place);
  if (branch === null) return null;
  const values = [userId, conversationId, branch.ids, maxExchanges, maxChars, maxBytes];
  const exchanges = await database.query<EarlierExchange>({ text: branchTurns, values });
  return { settings: { ...noSettings, ...own?.settings }, exchanges, parent: branch.parent };
}

function conversationOf(row: ConversationRow): Conversation {
  return {
    id: row.id,
    userId: row.user_id,
    title: row.title,
    settings: { ...noSettings, ...row.settings },
    isPinned: row.pinned_at !== null,
    hasBranches: row.has_branches,
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
    async search(userId, { text, isPinned }, { limit, before }) {
      const rows = await database.query<
        ConversationRow & { last_exchange_id: string; snippet: string | null }
      >({
        text: search,
        values: [userId, before, limit + 1, text, isPinned],
      });
      const { results, next } = pageBy(rows, limit, (row) => row.last_exchange_id);
      return { results: results.map((row) => ({ ...conversationOf(row), snippet: row.snippet })), next };
    },
    async read({ userId, conversationId }, { limit, before }) {
      const [row] = await database.query<ConversationRow>({ text: find, values: [userId, conversationId] });
      if (row === undefined) return null;
      const values = [userId, conversationId, before, limit + 1];
      const rows = await database.query<ExchangeRow>({ text: exchanges, values });
      return { conversation: conversationOf(row), exchanges: pageOf(rows.map(exchangeOf), limit) };
    },
    async recentExchanges(conversation, bounds, place = null) {
      if (place !== null) return readBranch(database, conversation, bounds, place);
      const { userId, conversationId } = conversation;
      const values = [userId, conversationId, bounds.maxExchanges, bounds.maxChars, bounds.maxBytes];
      const rows = await database.query<TurnRow>({ text: turns, values });
      if (rows[0]?.has_branches === true) return readBranch(database, conversation, bounds, null);
      const exchanges = rows.filter(isTurn).map(turnOf);
      return { settings: { ...noSettings, ...rows[0]?.settings }, exchanges, parent: null };
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
