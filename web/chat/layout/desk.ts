import { createContext, useContext } from 'react';
import { api } from '../api/api.js';
import type { Account, Balance, Model } from '../api/contract.js';
import { createDrafts } from '../conversation/drafts.js';
import { createThreads, newThread } from '../conversation/threads.js';
import { createConversations } from '../list/conversations.js';
import { go, routeOf } from './route.js';
import { createStore, type Store } from './store.js';

export type Desk = ReturnType<typeof createDesk>;

/** All that one signed-in account works with on this page, and how its parts tell each other what happened. */
export function createDesk(account: Account, models: readonly Model[]) {
  const balance: Store<Balance> = createStore<Balance>({ tokens: account.tokens, held: 0 });
  const announcement = createStore('');
  const drafts = createDrafts(account.id);
  const conversations = createConversations();
  let asked = 0;
  let lastTold = 0;
  /** Takes what is known since then, unless something newer was told meanwhile. */
  const tell = (since: number, to: (known: Balance) => Balance) => {
    if (since < lastTold) return;
    lastTold = since;
    balance.set(to);
  };
  const reloadBalance = async () => {
    const since = (asked += 1);
    const read = await api.balance();
    tell(since, () => read);
  };
  // Out of reach it stays as it was; the next answer tells it.
  const askBalance = () => void reloadBalance().catch(() => undefined);
  const threads = createThreads({
    drafts,
    onBalance: (tokens) => {
      if (tokens !== null) tell((asked += 1), (known) => ({ ...known, tokens }));
      if (tokens === null || balance.get().held > 0) askBalance();
    },
    onWritten: (conversationId, begun) => {
      if (begun && routeOf(location.hash).name === 'new')
        go({ name: 'conversation', id: conversationId }, { replace: true });
      void conversations.reload();
    },
    announce: (text) => {
      announcement.set(() => text);
    },
  });
  const accountStore = createStore(account);
  const sessionsChanged = createStore(0);
  /** Reads again what may have changed in other tabs and on other devices. What is out of reach stays as it was. */
  const refresh = async () => {
    const readAccount = async () => {
      const read = await api.account();
      accountStore.set(() => read);
    };
    const route = routeOf(location.hash);
    sessionsChanged.set((times) => times + 1);
    await Promise.allSettled([
      readAccount(),
      reloadBalance(),
      conversations.reload(),
      threads.refresh(route.name === 'conversation' ? route.id : newThread),
    ]);
  };
  return {
    account: accountStore,
    /** How often the sessions may have become others without the list of them being asked for it. */
    sessionsChanged,
    refresh,
    models,
    balance,
    reloadBalance,
    announcement,
    drafts,
    conversations,
    threads,
    /** Erases a conversation, and leaves it when it is in sight. */
    erase: async (id: string) => {
      await conversations.erase(id);
      threads.forget(id);
      drafts.write(id, '');
      const route = routeOf(location.hash);
      if (route.name === 'conversation' && route.id === id) go({ name: 'new' }, { replace: true });
    },
    begin: () => {
      threads.forgetNew();
      go({ name: 'new' });
    },
    draftOf: (id: string) => drafts.store.get()[id] ?? '',
    newThread,
  };
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new TypeError('Nobody is signed in here.');
  return desk;
}
