import { createContext, useContext } from 'react';
import type { Account, Balance, Lot, Model } from '../../api/api-objects.js';
import type { Notifications } from '../../api/shop-objects.js';
import { api } from '../api/api.js';
import { createDrafts } from '../conversation/drafts.js';
import { newConversationId } from '../conversation/conversation-store.js';
import type { FirstConversation } from '../conversation/read-conversation.js';
import { createOpenConversations } from '../conversation/open-conversations.js';
import { createConversations } from '../list/conversations.js';
import { navigate, parseRoute } from './route.js';
import { createStore, type Store } from './store.js';

export type AppState = ReturnType<typeof createAppState>;

/** The state of the page of one signed-in account, and how its parts update each other. */
export function createAppState(
  account: Account,
  models: readonly Model[],
  first: FirstConversation | null = null,
) {
  const balance: Store<Balance> = createStore<Balance>({
    tokens: account.tokens,
    held: 0,
    unit: account.unit,
  });
  /** The newest lots that have something left; null until they are read. */
  const lots = createStore<readonly Lot[] | null>(null);
  /** What the account wants to be notified of; null until it is read. */
  const notifications = createStore<Notifications | null>(null);
  const announcement = createStore('');
  const drafts = createDrafts(account.id);
  const conversations = createConversations();
  let lastRead = 0;
  let lastApplied = 0;
  /** Updates the balance, unless a newer read was applied in the meantime. */
  const applyRead = (read: number, update: (balance: Balance) => Balance) => {
    if (read < lastApplied) return;
    lastApplied = read;
    balance.set(update);
  };
  const reloadBalance = async () => {
    const read = (lastRead += 1);
    const loaded = await api.balance();
    applyRead(read, () => loaded);
  };
  const reloadLots = async () => {
    const { results } = await api.lots();
    lots.set(() => results);
  };
  const reloadNotifications = async () => {
    const read = await api.notifications();
    notifications.set(() => read);
  };
  // If the server cannot be reached, the balance stays; the next response updates it.
  const tryReloadBalance = () => void reloadBalance().catch(() => undefined);
  const openConversations = createOpenConversations({
    first,
    models,
    drafts,
    onBalance: (tokens) => {
      if (tokens !== null) applyRead((lastRead += 1), (known) => ({ ...known, tokens }));
      if (tokens === null || balance.get().held > 0) tryReloadBalance();
    },
    onConversationChange: (conversationId, { isNew }) => {
      if (isNew && parseRoute(location.hash).name === 'new')
        navigate({ name: 'conversation', id: conversationId }, { replace: true });
      void conversations.reload();
    },
    announce: (text) => {
      announcement.set(() => text);
    },
  });
  const accountStore = createStore(account);
  const sessionsVersion = createStore(0);
  const reloadAccount = async () => {
    const read = await api.account();
    accountStore.set(() => read);
  };
  /** Reads again what other tabs and devices may have changed. What cannot be read stays as it is. */
  const refresh = async () => {
    const route = parseRoute(location.hash);
    sessionsVersion.set((version) => version + 1);
    await Promise.allSettled([
      reloadAccount(),
      reloadBalance(),
      reloadLots(),
      conversations.reload(),
      openConversations.refresh(route.name === 'conversation' ? route.id : newConversationId),
    ]);
  };
  return {
    account: accountStore,
    reloadAccount,
    /** Increases whenever the lists of sessions and keys must be read again. */
    sessionsVersion,
    refresh,
    models,
    balance,
    reloadBalance,
    lots,
    reloadLots,
    notifications,
    reloadNotifications,
    announcement,
    drafts,
    conversations,
    openConversations,
    /** Erases a conversation; if it is shown, a new one is shown instead. */
    erase: async (id: string) => {
      await conversations.erase(id);
      openConversations.close(id);
      drafts.write(id, '');
      const route = parseRoute(location.hash);
      if (route.name === 'conversation' && route.id === id) navigate({ name: 'new' }, { replace: true });
    },
    startConversation: () => {
      openConversations.clearNew();
      navigate({ name: 'new' });
    },
    draftOf: (id: string) => drafts.store.get()[id] ?? '',
    newConversationId,
  };
}

export const AppStateContext = createContext<AppState | null>(null);

export function useAppState(): AppState {
  const appState = useContext(AppStateContext);
  if (appState === null) throw new TypeError('The component is outside of AppStateContext.');
  return appState;
}
