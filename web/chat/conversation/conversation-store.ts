import { newSettings } from './conversation-settings.js';
import type { Drafts } from './drafts.js';
import { emptyConversation, type ConversationState, type ExchangeState } from './exchange-state.js';
import { createStore, type Store } from '../layout/store.js';

/** The id, on this page, of a conversation without messages. */
export const newConversationId = 'new';

export interface ConversationStoreDeps {
  drafts: Drafts;
  /** Called when a message was added to a conversation. */
  onConversationChange: (conversationId: string, options: { isNew: boolean }) => void;
}

export type ConversationStore = ReturnType<typeof createConversationStore>;

/** The conversations that were opened on this page, by id. */
export function createConversationStore({ drafts, onConversationChange }: ConversationStoreDeps) {
  const begun = (): ConversationState => ({ ...emptyConversation, settings: newSettings() });
  const store: Store<Record<string, ConversationState>> = createStore<Record<string, ConversationState>>({
    [newConversationId]: begun(),
  });
  /** Stops the messages in progress, by the keys of their exchanges. */
  const inProgress = new Map<string, AbortController>();

  const stateOf = (id: string): ConversationState => store.get()[id] ?? emptyConversation;
  const change = (id: string, update: (conversation: ConversationState) => ConversationState) => {
    store.set((all) => ({ ...all, [id]: update(all[id] ?? emptyConversation) }));
  };
  const idOf = (key: string) =>
    Object.entries(store.get()).find(([, { exchanges }]) =>
      exchanges.some((exchange) => exchange.key === key),
    )?.[0];
  const changeExchange = (key: string, changes: Partial<ExchangeState>) => {
    store.set((all) => {
      const id = idOf(key);
      const conversation = id === undefined ? undefined : all[id];
      if (id === undefined || conversation === undefined) return all;
      const exchanges = conversation.exchanges.map((exchange) =>
        exchange.key === key ? { ...exchange, ...changes } : exchange,
      );
      return { ...all, [id]: { ...conversation, exchanges } };
    });
  };
  const removeExchange = (id: string, key: string) => {
    change(id, (conversation) => ({
      ...conversation,
      exchanges: conversation.exchanges.filter((exchange) => exchange.key !== key),
    }));
  };
  const isKnown = (exchangeId: string) =>
    Object.values(store.get()).some(({ exchanges }) =>
      exchanges.some((exchange) => exchange.id === exchangeId),
    );

  /** Moves a new conversation to the id that the server has given it. */
  const assignId = (id: string, conversationId: string) => {
    const isNew = id === newConversationId;
    if (isNew) {
      store.set(({ [newConversationId]: conversation, ...others }) => ({
        ...others,
        [newConversationId]: begun(),
        [conversationId]: conversation ?? emptyConversation,
      }));
      drafts.move(newConversationId, conversationId);
    }
    onConversationChange(conversationId, { isNew });
  };

  return {
    store,
    inProgress,
    begun,
    stateOf,
    change,
    idOf,
    changeExchange,
    removeExchange,
    isKnown,
    assignId,
  };
}
