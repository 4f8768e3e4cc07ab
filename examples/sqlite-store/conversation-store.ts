import type { Database } from 'libsql';
import {
  branchOf,
  summarizeAttachments,
  type Conversation,
  type ConversationSettings,
  type ConversationStore,
} from 'metered-chat';
import { blankTexts, exchangeOf, factsOf, type ExchangeRow } from './exchange-rows.js';
import { atOnce } from './transactions.js';

interface ConversationRow {
  id: string;
  user_id: string;
  title: string;
  created_ms: number;
  updated_ms: number;
  last_exchange_id: string;
  settings: string | null;
  pinned: number;
  has_branches: number;
}

export function sqliteConversationStore(database: Database): ConversationStore {
  const find = (userId: string, id: string) => {
    const one = 'select * from conversations where user_id = ? and id = ?';
    return database.prepare(one).get(userId, id) as ConversationRow | undefined;
  };
  const rowsOf = (userId: string, id: string, before: string | null, limit: number): ExchangeRow[] => {
    const newest = `select * from exchanges where user_id = ? and conversation_id = ? and id < coalesce(?, '~')
      order by id desc limit ?`;
    return database.prepare(newest).all(userId, id, before, limit) as ExchangeRow[];
  };
  return {
    list: (userId, { limit, before }) =>
      atOnce(database, () => {
        const read = `select * from conversations where user_id = ? and last_exchange_id < coalesce(?, '~')
          order by last_exchange_id desc limit ?`;
        const rows = database.prepare(read).all(userId, before, limit + 1) as ConversationRow[];
        const next = rows.length > limit ? (rows[limit - 1]?.last_exchange_id ?? null) : null;
        return { results: rows.slice(0, limit).map(conversationOf), next };
      }),
    search: (userId, { text, isPinned }, { limit, before }) =>
      atOnce(database, () => {
        const read = `select c.*, (
            select case when instr(lower(facts ->> 'message'), lower(?4)) > 0 then facts ->> 'message' else facts ->> 'reply' end
            from exchanges e where e.conversation_id = c.id and e.user_id = c.user_id
              and (instr(lower(facts ->> 'message'), lower(?4)) > 0 or instr(lower(facts ->> 'reply'), lower(?4)) > 0)
            order by e.id desc limit 1) as found
          from conversations c where user_id = ?1 and last_exchange_id < coalesce(?2, '~') and (?3 is null or pinned = ?3)
            and (?4 is null or found is not null or instr(lower(title), lower(?4)) > 0)
          order by last_exchange_id desc limit ?5`;
        const pinned = isPinned === null ? null : Number(isPinned);
        const rows = database
          .prepare(read)
          .all(userId, before, pinned, text, limit + 1) as (ConversationRow & {
          found: string | null;
        })[];
        const next = rows.length > limit ? (rows[limit - 1]?.last_exchange_id ?? null) : null;
        const results = rows
          .slice(0, limit)
          .map((row) => ({ ...conversationOf(row), snippet: snippetIn(row.found, text) }));
        return { results, next };
      }),
    read: ({ userId, conversationId }, { limit, before }) =>
      atOnce(database, () => {
        const row = find(userId, conversationId);
        if (row === undefined) return null;
        const read = rowsOf(userId, conversationId, before, limit + 1).map(exchangeOf);
        const results = read.slice(0, limit);
        const next = read.length > limit ? (results.at(-1)?.id ?? null) : null;
        return { conversation: conversationOf(row), exchanges: { results, next } };
      }),
    recentExchanges: ({ userId, conversationId }, { maxExchanges, maxChars, maxBytes }, place = null) =>
      atOnce(database, () => {
        const row = find(userId, conversationId);
        const settings = settingsOf(row);
        const rows = row === undefined ? [] : rowsOf(userId, conversationId, null, -1);
        const branch = branchOf(rows.map(exchangeOf).reverse(), place);
        if (branch === null) return null;
        const exchanges = rows
          .filter(({ id }) => branch.ids.includes(id))
          .map(factsOf)
          .filter(({ status, reply }) => status === 'completed' || (status === 'cancelled' && reply))
          .slice(0, maxExchanges)
          .map(({ message, attachments, reply }) => ({ message, attachments, reply: reply ?? '' }));
        let chars = 0;
        let bytes = 0;
        const tooLong = exchanges.findIndex(({ message, reply, attachments }) => {
          chars += Array.from(message + reply).length;
          for (const summary of summarizeAttachments(attachments ?? [])) bytes += summary.bytes ?? 0;
          return chars > maxChars || bytes > maxBytes;
        });
        const included = exchanges.slice(0, tooLong === -1 ? exchanges.length : tooLong);
        return { settings, exchanges: included.reverse(), parent: branch.parent };
      }),
    change: ({ userId, conversationId }, { title, settings, isPinned }) =>
      atOnce(database, () => {
        const row = find(userId, conversationId);
        if (row === undefined) return null;
        const { title: formerTitle, isPinned: wasPinned, settings: former } = conversationOf(row);
        const update = 'update conversations set title = ?, settings = ?, pinned = ? where id = ?';
        const pinned = Number(isPinned ?? wasPinned);
        const changed = JSON.stringify({ ...former, ...settings });
        database.prepare(update).run(title ?? formerTitle, changed, pinned, conversationId);
        return conversationOf({ ...row, title: title ?? formerTitle, settings: changed, pinned });
      }),
    erase: ({ userId, conversationId }) =>
      atOnce(database, () => {
        const remove = 'delete from conversations where user_id = ? and id = ?';
        if (database.prepare(remove).run(userId, conversationId).changes === 0) return false;
        const read = 'select * from exchanges where user_id = ? and conversation_id = ?';
        for (const row of database.prepare(read).all(userId, conversationId) as ExchangeRow[]) {
          blankTexts(database, row);
        }
        return true;
      }),
  };
}

function conversationOf(row: ConversationRow): Conversation {
  const { id, title } = row;
  const times = { createdAt: new Date(row.created_ms), updatedAt: new Date(row.updated_ms) };
  const kept = { settings: settingsOf(row), isPinned: row.pinned === 1, hasBranches: row.has_branches === 1 };
  return { id, userId: row.user_id, title, ...kept, ...times };
}

function snippetIn(found: string | null, text: string | null): string | null {
  if (found === null || text === null) return null;
  const start = Math.max(found.toLowerCase().indexOf(text.toLowerCase()) - 40, 0);
  return found.slice(start, start + 160);
}

function settingsOf(row: ConversationRow | undefined): ConversationSettings {
  const stored = JSON.parse(row?.settings ?? '{}') as Partial<ConversationSettings>;
  return { model: null, systemPrompt: null, temperature: null, ...stored };
}
