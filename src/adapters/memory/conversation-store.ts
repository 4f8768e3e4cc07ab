import {
  noSettings,
  snippetOf,
  type Conversation,
  type EarlierExchange,
} from '../../domain/chat/conversation.js';
import type { Exchange } from '../../domain/chat/exchange.js';
import { branchOf } from '../../domain/chat/branch.js';
import { pageBy, type Page, type PageRequest } from '../../domain/page.js';
import { codePointCount } from '../../domain/text.js';
import type { ConversationReference, ConversationStore } from '../../ports/conversation-store.js';
import { blankTexts } from './stored-exchanges.js';
import type { StoredConversation, StoredExchange } from './account-state.js';
import { runAtomically, copyOf, pageOfStored, type MemoryState } from './state.js';

/** Conversations in memory. */
export function memoryConversationStore(state: MemoryState): ConversationStore {
  const find = ({ userId, conversationId }: ConversationReference) =>
    state.accounts.get(userId)?.conversations.get(conversationId);
  const storedIn = ({ userId, conversationId }: ConversationReference): StoredExchange[] => {
    const stored = state.accounts.get(userId)?.exchanges.values() ?? [];
    return [...stored].filter(({ exchange }) => exchange.conversationId === conversationId);
  };
  return {
    list: (userId, page) =>
      runAtomically(() => listed([...(state.accounts.get(userId)?.conversations.values() ?? [])], page)),
    search: (userId, filter, page) =>
      runAtomically(() => {
        const account = state.accounts.get(userId);
        const found = [...(account?.conversations.values() ?? [])].flatMap((stored) => {
          const { id, title, isPinned } = stored.conversation;
          if (filter.isPinned !== null && isPinned !== filter.isPinned) return [];
          if (filter.text === null) return [{ ...stored, snippet: null }];
          const snippet = newestSnippet(storedIn({ userId, conversationId: id }), filter.text);
          return snippet !== null || positionOf(title, filter.text) >= 0 ? [{ ...stored, snippet }] : [];
        });
        const { results, next } = newestPage(found, page);
        return {
          results: results.map((stored) => ({ ...copyOfConversation(stored), snippet: stored.snippet })),
          next,
        };
      }),
    read: (reference, page) =>
      runAtomically(() => {
        const stored = find(reference);
        if (stored === undefined) return null;
        const exchanges = pageOfStored<Exchange>(
          storedIn(reference).map(({ exchange }) => exchange),
          page,
        );
        return { conversation: copyOfConversation(stored), exchanges };
      }),
    recentExchanges: (reference, bounds, place = null) =>
      runAtomically(() => {
        const settings = { ...(find(reference)?.conversation.settings ?? noSettings) };
        const stored = storedIn(reference).sort((left, right) =>
          left.exchange.id < right.exchange.id ? -1 : 1,
        );
        const branch = branchOf(
          stored.map(({ exchange }) => exchange),
          place,
        );
        if (branch === null || (place !== null && find(reference) === undefined)) return null;
        const ids = new Set(branch.ids);
        const ofBranch = stored.filter(({ exchange }) => ids.has(exchange.id));
        return { settings, exchanges: newestTurns(ofBranch, bounds), parent: branch.parent };
      }),
    change: (reference, { settings, ...change }) =>
      runAtomically(() => {
        const stored = find(reference);
        if (stored === undefined) return null;
        const { conversation } = stored;
        const changed = {
          ...stored,
          conversation: Object.freeze({
            ...conversation,
            ...change,
            settings: Object.freeze({ ...conversation.settings, ...settings }),
          }),
        };
        state.accounts.get(reference.userId)?.conversations.set(reference.conversationId, changed);
        return copyOfConversation(changed);
      }),
    erase: (reference) =>
      runAtomically(() => {
        const account = state.accounts.get(reference.userId);
        if (account?.conversations.delete(reference.conversationId) !== true) return false;
        for (const { exchange } of storedIn(reference)) {
          const stored = account.exchanges.get(exchange.id);
          if (stored !== undefined) blankTexts(account, stored);
        }
        return true;
      }),
  };
}

function copyOfConversation({ conversation }: StoredConversation): Conversation {
  const { settings, updatedAt } = conversation;
  return { ...copyOf(conversation), settings: { ...settings }, updatedAt: new Date(updatedAt) };
}

function listed(conversations: readonly StoredConversation[], page: PageRequest): Page<Conversation> {
  const { results, next } = newestPage(conversations, page);
  return { results: results.map(copyOfConversation), next };
}

function newestPage<Stored extends StoredConversation>(
  conversations: readonly Stored[],
  { limit, before }: PageRequest,
): Page<Stored> {
  const older = conversations.filter(({ lastExchangeId }) => before === null || lastExchangeId < before);
  older.sort((left, right) => (left.lastExchangeId < right.lastExchangeId ? 1 : -1));
  return pageBy(older, limit, ({ lastExchangeId }) => lastExchangeId);
}

function newestSnippet(exchanges: StoredExchange[], searched: string): string | null {
  exchanges.sort((left, right) => (left.exchange.id < right.exchange.id ? 1 : -1));
  for (const { exchange } of exchanges) {
    for (const text of [exchange.message, exchange.reply ?? '']) {
      const position = positionOf(text, searched);
      if (position >= 0 && !exchange.isErased) return snippetOf(text, position);
    }
  }
  return null;
}

function positionOf(text: string, searched: string): number {
  return text.toLowerCase().indexOf(searched.toLowerCase());
}

function newestTurns(
  exchanges: readonly StoredExchange[],
  { maxExchanges, maxChars, maxBytes }: { maxExchanges: number; maxChars: number; maxBytes: number },
): EarlierExchange[] {
  const spoken = exchanges.filter(
    ({ exchange: { status, reply, isErased } }) =>
      !isErased && (status === 'completed' || (status === 'cancelled' && reply !== null && reply !== '')),
  );
  spoken.sort((left, right) => (left.exchange.id < right.exchange.id ? 1 : -1));
  const turns: EarlierExchange[] = [];
  let chars = 0;
  let bytes = 0;
  for (const { exchange, attachments } of spoken.slice(0, maxExchanges)) {
    const { message, reply } = exchange;
    for (const attachment of exchange.attachments ?? []) bytes += attachment.bytes ?? 0;
    chars += codePointCount(message) + codePointCount(reply ?? '');
    if (chars > maxChars || bytes > maxBytes) break;
    turns.unshift({ message, attachments: structuredClone(attachments), reply: reply ?? '' });
  }
  return turns;
}
