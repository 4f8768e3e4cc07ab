import type { Conversation, FoundConversation } from '../../api/api-objects.js';
import { api } from '../api/api.js';
import { toProblem, type Problem } from '../../api/problem.js';
import { createStore } from '../layout/store.js';

export interface ConversationList {
  phase: 'loading' | 'ready' | 'failed';
  /** With those that are pinned. */
  results: readonly FoundConversation[];
  pinned: readonly FoundConversation[];
  /** The text that they have; empty for all conversations. */
  searched: string;
  next: string | null;
  problem: Problem | null;
}

/** The conversations of the account, those with the newest messages first. */
export function createConversations() {
  const store = createStore<ConversationList>({
    ...{ phase: 'loading', results: [], pinned: [], searched: '', next: null, problem: null },
  });

  /** Reads the first page again and keeps the following pages. */
  const reload = async () => {
    const { searched } = store.get();
    try {
      const [{ results, next }, pinned] = await Promise.all([
        api.conversations(null, searched),
        searched === '' ? api.pinnedConversations() : [],
      ]);
      store.set((list) => {
        if (list.searched !== searched) return list;
        const ids = new Set(results.map(({ id }) => id));
        const older =
          list.results.length > results.length ? list.results.filter(({ id }) => !ids.has(id)) : [];
        const keepsOlder = older.length > 0 && next !== null;
        return {
          phase: 'ready',
          searched,
          pinned,
          results: keepsOlder ? [...results, ...older] : results,
          next: keepsOlder ? list.next : next,
          problem: null,
        };
      });
    } catch (error) {
      store.set((list) =>
        list.searched === searched ? { ...list, phase: 'failed', problem: toProblem(error) } : list,
      );
    }
  };

  const replace = (changed: Conversation) => {
    const replaced = (each: FoundConversation) => (each.id === changed.id ? { ...each, ...changed } : each);
    store.set((list) => ({
      ...list,
      results: list.results.map(replaced),
      pinned: list.pinned.map(replaced),
    }));
  };

  return {
    store,
    reload,
    /** Shows the conversations that have a text; with an empty one, all of them. */
    search: async (searched: string) => {
      if (store.get().searched === searched) return;
      store.set((list) => ({ ...list, searched, phase: 'loading', results: [], pinned: [], next: null }));
      await reload();
    },
    pin: async (id: string, pinned: boolean) => {
      replace(await api.changeConversation(id, { pinned }));
      await reload();
    },
    loadMore: async () => {
      const { next, searched } = store.get();
      if (next === null) return;
      const page = await api.conversations(next, searched);
      store.set((list) => {
        if (list.next !== next) return list;
        const ids = new Set(list.results.map(({ id }) => id));
        const fresh = page.results.filter(({ id }) => !ids.has(id));
        return { ...list, results: [...list.results, ...fresh], next: page.next };
      });
    },
    rename: async (id: string, title: string) => {
      replace(await api.changeConversation(id, { title }));
    },
    erase: async (id: string) => {
      await api.eraseConversation(id);
      const isOther = (conversation: Conversation) => conversation.id !== id;
      store.set((list) => ({
        ...list,
        results: list.results.filter(isOther),
        pinned: list.pinned.filter(isOther),
      }));
    },
  };
}
