import type { Conversation, EarlierExchange } from '../../domain/chat/conversation.js';
import type { Exchange } from '../../domain/chat/exchange.js';
import { pageBy, type Page, type PageRequest } from '../../domain/page.js';
import { codePointCount } from '../../domain/text.js';
import type { ConversationReference, ConversationStore } from '../../ports/conversation-store.js';
import { blankTexts } from './stored-exchanges.js';
import { runAtomically, copyOf, pageOfStored, type MemoryState, type StoredConversation } from './state.js';

/** Conversations in memory. */
export function memoryConversationStore(state: MemoryState): ConversationStore {
  const find = ({ userId, conversationId }: ConversationReference) =>
    state.accounts.get(userId)?.conversations.get(conversationId);
  const exchangesIn = ({ userId, conversationId }: ConversationReference): Readonly<Exchange>[] => {
    const stored = state.accounts.get(userId)?.exchanges.values() ?? [];
    return [...stored]
      .map(({ exchange }) => exchange)
      .filter((exchange) => exchange.conversationId === conversationId);
  };
  return {
    list: (userId, page) =>
      runAtomically(() => listed([...(state.accounts.get(userId)?.conversations.values() ?? [])], page)),
    read: (reference, page) =>
      runAtomically(() => {
        const stored = find(reference);
        if (stored === undefined) return null;
        const exchanges = pageOfStored<Exchange>(exchangesIn(reference), page);
        return { conversation: copyOfConversation(stored), exchanges };
      }),
    recentExchanges: (reference, bounds) => runAtomically(() => newestTurns(exchangesIn(reference), bounds)),
    rename: (reference, title) =>
      runAtomically(() => {
        const stored = find(reference);
        if (stored === undefined) return null;
        const renamed = { ...stored, conversation: Object.freeze({ ...stored.conversation, title }) };
        state.accounts.get(reference.userId)?.conversations.set(reference.conversationId, renamed);
        return copyOfConversation(renamed);
      }),
    erase: (reference) =>
      runAtomically(() => {
        const account = state.accounts.get(reference.userId);
        if (account?.conversations.delete(reference.conversationId) !== true) return false;
        for (const { id } of exchangesIn(reference)) {
          const stored = account.exchanges.get(id);
          if (stored !== undefined) blankTexts(account, stored);
        }
        return true;
      }),
  };
}

function copyOfConversation({ conversation }: StoredConversation): Conversation {
  return { ...copyOf(conversation), updatedAt: new Date(conversation.updatedAt) };
}

function listed(
  conversations: readonly StoredConversation[],
  { limit, before }: PageRequest,
): Page<Conversation> {
  const older = conversations.filter(({ lastExchangeId }) => before === null || lastExchangeId < before);
  older.sort((left, right) => (left.lastExchangeId < right.lastExchangeId ? 1 : -1));
  const { results, next } = pageBy(older, limit, ({ lastExchangeId }) => lastExchangeId);
  return { results: results.map(copyOfConversation), next };
}

function newestTurns(
  exchanges: readonly Readonly<Exchange>[],
  { maxExchanges, maxChars }: { maxExchanges: number; maxChars: number },
): EarlierExchange[] {
  const spoken = exchanges.filter(
    ({ status, reply, isErased }) =>
      !isErased && (status === 'completed' || (status === 'cancelled' && reply !== null && reply !== '')),
  );
  spoken.sort((left, right) => (left.id < right.id ? 1 : -1));
  const turns: EarlierExchange[] = [];
  let chars = 0;
  for (const { message, attachments, reply } of spoken.slice(0, maxExchanges)) {
    chars += codePointCount(message) + codePointCount(reply ?? '');
    if (chars > maxChars) break;
    turns.unshift({ message, attachments, reply: reply ?? '' });
  }
  return turns;
}
