import type { Conversation } from '../../api/api-objects.js';
import { api } from '../api/api.js';
import { toProblem, type Problem } from '../../api/problem.js';
import { createStore } from '../layout/store.js';

export interface ConversationList {
  phase: 'loading' | 'ready' | 'failed';
  results: readonly Conversation[];
  next: string | null;
  problem: Problem | null;
}

/** The conversations of the account, those with the newest messages first. */
export function createConversations() {
  const store = createStore<ConversationList>({ phase: 'loading', results: [], next: null, problem: null });

  /** Reads the first page again and keeps the following pages. */
  const reload = async () => {
    try {
      const { results, next } = await api.conversations(null);
      store.set((list) => {
        const ids = new Set(results.map(({ id }) => id));
        const older =
          list.results.length > results.length ? list.results.filter(({ id }) => !ids.has(id)) : [];
        const keepsOlder = older.length > 0 && next !== null;
        return {
          phase: 'ready',
          results: keepsOlder ? [...results, ...older] : results,
          next: keepsOlder ? list.next : next,
          problem: null,
        };
      });
    } catch (error) {
      store.set((list) => ({ ...list, phase: 'failed', problem: toProblem(error) }));
    }
  };

  return {
    store,
    reload,
    loadMore: async () => {
      const { next } = store.get();
      if (next === null) return;
      const page = await api.conversations(next);
      store.set((list) => {
        if (list.next !== next) return list;
        const ids = new Set(list.results.map(({ id }) => id));
        const fresh = page.results.filter(({ id }) => !ids.has(id));
        return { ...list, results: [...list.results, ...fresh], next: page.next };
      });
    },
    rename: async (id: string, title: string) => {
      const renamed = await api.changeConversation(id, { title });
      store.set((list) => ({
        ...list,
        results: list.results.map((conversation) => (conversation.id === id ? renamed : conversation)),
      }));
    },
    erase: async (id: string) => {
      await api.eraseConversation(id);
      store.set((list) => ({
        ...list,
        results: list.results.filter((conversation) => conversation.id !== id),
      }));
    },
  };
}
