import type { Conversation, EarlierExchange } from '../domain/chat/conversation.js';
import type { Exchange } from '../domain/chat/exchange.js';
import type { Page, PageRequest } from '../domain/page.js';

/** Names one conversation. Every statement finds its rows by the user. */
export interface ConversationReference {
  userId: string;
  conversationId: string;
}

/**
 * Conversations, which begin with `ChatLedger.reserve`. Somebody else's is answered as one that does not exist. Each
 * method is atomic by itself.
 */
export interface ConversationStore {
  /** The account's conversations, the one first that was written to last. */
  list(userId: string, page: PageRequest): Promise<Page<Conversation>>;
  /** A conversation and its exchanges, newest first. */
  read(
    conversation: ConversationReference,
    page: PageRequest,
  ): Promise<{ conversation: Conversation; exchanges: Page<Exchange> } | null>;
  /**
   * What a model is to know of a conversation, oldest first: its completed exchanges and the cancelled ones with text;
   * the newest `maxExchanges` at most, and of those as many as have `maxChars` code points or fewer together. Nothing when
   * there is no such conversation.
   */
  recentExchanges(
    conversation: ConversationReference,
    bounds: { maxExchanges: number; maxChars: number },
  ): Promise<EarlierExchange[]>;
  /** Gives it another title; null when there is no such conversation. */
  rename(conversation: ConversationReference, title: string): Promise<Conversation | null>;
  /**
   * Removes it, and blanks the texts of its exchanges, which stay on record as the ledger's entries do. An exchange
   * that is still pending ends by its own path, and what comes of it is not kept. False when there is none.
   */
  erase(conversation: ConversationReference): Promise<boolean>;
}
