import { toProblem } from '../../api/problem.js';
import type { Model, SettingsChange } from '../../api/api-objects.js';
import { api } from '../api/api.js';
import { readAgain } from './attached-file.js';
import { chooseVersion, hasBranches, placeOf } from './branches.js';
import { keepModel, settingsOf } from './conversation-settings.js';
import {
  createConversationStore,
  newConversationId,
  type ConversationStoreDeps,
} from './conversation-store.js';
import { emptyConversation, isInProgress, type ExchangeState } from './exchange-state.js';
import { createLostMessages } from './lost-messages.js';
import { createConversationReader, type FirstConversation } from './read-conversation.js';
import { createSendMessage } from './send-message.js';

export interface OpenConversationsDeps extends ConversationStoreDeps {
  first: FirstConversation | null;
  models: readonly Model[];
  /** Called with the new balance; with null if the balance must be read from the server. */
  onBalance: (tokens: number | null) => void;
  /** Announces a text to screen readers. */
  announce: (announcement: string) => void;
}

/** The conversations that were opened on this page, and what can be done in them. */
export function createOpenConversations(deps: OpenConversationsDeps) {
  const { models, drafts, onBalance, announce } = deps;
  const conversations = createConversationStore(deps);
  const { store, inProgress, begun, stateOf, change, removeExchange } = conversations;
  const counts = { sent: 0, settings: 0 };
  const onBalanceChange = () => {
    onBalance(null);
  };
  const reader = createConversationReader({ conversations, onBalanceChange, counts, first: deps.first });
  const { load, loadEarlier } = reader;
  const lost = createLostMessages({
    conversations,
    follow: reader.follow,
    onBalanceChange,
    onUnsent: (key, conversationId, message) => {
      drafts.keepUnsent(key, conversationId, message);
    },
    announce,
  });
  const { lookUp, lookUpAgain } = lost;
  const send = createSendMessage({ conversations, models, drafts, counts, lookUp, onBalance, announce });

  const open = async (id: string) => {
    const known = store.get()[id];
    if (known !== undefined && known.phase !== 'failed') return refresh(id);
    if (id === newConversationId) return;
    change(id, () => ({ ...emptyConversation, phase: 'loading' }));
    await load(id);
  };

  /** Reads again what other tabs may have changed, and looks up lost messages. */
  const refresh = async (id: string) => {
    const { phase } = stateOf(id);
    await lost.lookUpAll();
    if (id !== newConversationId && phase === 'ready') await load(id);
  };

  return {
    store,
    open,
    refresh,
    loadEarlier,
    send,
    /** Stops a reply. The part that arrived stays, and the server sends what it cost. */
    stop: (key: string) => {
      inProgress.get(key)?.abort();
    },
    /** Sends the message of a failed exchange again. */
    retry: async (id: string, exchange: ExchangeState) => {
      try {
        const files = await readAgain(exchange.attachments, api.attachment);
        const { exchanges } = stateOf(id);
        const after = hasBranches(exchanges) ? placeOf(exchanges, exchange) : null;
        removeExchange(id, exchange.key);
        await send(id, { message: exchange.message, files, after });
      } catch (error) {
        change(id, (conversation) => ({ ...conversation, rejection: toProblem(error) }));
      }
    },
    lookUpAgain,
    /** Sends a message in place of one that was sent, which stays beside it, with its files; to another model if one is named. */
    sendInPlace: async (
      id: string,
      exchange: ExchangeState,
      { message, model = null }: { message: string; model?: string | null },
    ) => {
      try {
        const files = await readAgain(exchange.attachments, api.attachment);
        while (stateOf(id).earlier !== null) await loadEarlier(id);
        const after = placeOf(stateOf(id).exchanges, exchange);
        await send(id, { message, files, after, model });
      } catch (error) {
        change(id, (conversation) => ({ ...conversation, rejection: toProblem(error) }));
      }
    },
    /** Shows another version of an exchange. */
    showVersion: (id: string, exchange: ExchangeState, key: string) => {
      change(id, (conversation) => ({ ...conversation, chosen: chooseVersion(conversation, exchange, key) }));
    },
    /** Changes the settings of a conversation, from its next message. Rejects with a `Problem` if they stay as they were. */
    changeSettings: async (id: string, changed: SettingsChange) => {
      if (typeof changed.model === 'string' && id === newConversationId) keepModel(changed.model);
      const former = stateOf(id).settings;
      const apply = (settings: SettingsChange) => {
        counts.settings += 1;
        change(id, (conversation) => ({
          ...conversation,
          settings: { ...conversation.settings, ...settings },
        }));
      };
      apply(changed);
      if (id === newConversationId) return;
      try {
        apply(settingsOf(await api.changeConversation(id, changed)));
      } catch (error) {
        apply(former);
        throw error;
      }
    },
    /** Clears the new conversation, unless a message is in progress in it. */
    clearNew: () => {
      if (!stateOf(newConversationId).exchanges.some(isInProgress)) change(newConversationId, begun);
    },
    close: (id: string) => {
      store.set((all) => Object.fromEntries(Object.entries(all).filter(([name]) => name !== id)));
    },
  };
}
