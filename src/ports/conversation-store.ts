import type {
  Conversation,
  ConversationChange,
  ConversationFilter,
  FoundConversation,
  ConversationSettings,
  EarlierExchange,
} from '../domain/chat/conversation.js';
import type { BranchParent, BranchPlace } from '../domain/chat/branch.js';
import type { Exchange } from '../domain/chat/exchange.js';
import type { Page, PageRequest } from '../domain/page.js';

/** Identifies a conversation. Every statement finds its rows by the user. */
export interface ConversationReference {
  userId: string;
  conversationId: string;
}

/**
 * Conversations. `HoldLedger.reserve` creates them. A conversation of another user does not exist for the caller. Each
 * method is atomic by itself.
 */
export interface ConversationStore {
  /** Returns a page of the account's conversations, the last used one first. */
  list(userId: string, page: PageRequest): Promise<Page<Conversation>>;
  /**
   * Returns a page of those of the account's conversations that a filter matches, the last used one first. Erased texts are not
   * found.
   */
  search(userId: string, filter: ConversationFilter, page: PageRequest): Promise<Page<FoundConversation>>;
  /** Returns a conversation and a page of its exchanges, newest first; null if it does not exist. */
  read(
    conversation: ConversationReference,
    page: PageRequest,
  ): Promise<{ conversation: Conversation; exchanges: Page<Exchange> } | null>;
  /**
   * Returns the settings of a conversation and the exchanges that a model reads before a further message, oldest first: of those of
   * its branch the completed ones and the cancelled ones with text; at most the newest `maxExchanges`, and of those as many as
   * have `maxChars` code points or fewer together, and attachments with `maxBytes` of data or fewer together. Returns neither if
   * the conversation does not exist.
   *
   * The branch of a message without a place are the newest exchange, the one that it follows, and so on. `parent` is what a message
   * with a place follows; null without one. Returns null if the conversation does not have the exchange of the place.
   */
  recentExchanges(
    conversation: ConversationReference,
    bounds: { maxExchanges: number; maxChars: number; maxBytes: number },
    place?: BranchPlace | null,
  ): Promise<{
    settings: ConversationSettings;
    exchanges: EarlierExchange[];
    parent: BranchParent | null;
  } | null>;
  /** Changes what is present in `change`, and nothing else. Returns null if the conversation does not exist. */
  change(conversation: ConversationReference, change: ConversationChange): Promise<Conversation | null>;
  /**
   * Deletes a conversation and empties the texts of its exchanges. The exchanges remain, as the ledger's entries do. A
   * pending exchange ends as usual, but its reply is not stored. Returns false if the conversation does not exist.
   */
  erase(conversation: ConversationReference): Promise<boolean>;
}
