import type { ConversationReference, ConversationStore } from '../../ports/conversation-store.js';
import { DomainError } from '../errors.js';

/** Erases a conversation and its texts, never the ledger. Refuses with `not_found`. */
export async function eraseConversation(
  deps: { conversationStore: Pick<ConversationStore, 'erase'> },
  conversation: ConversationReference,
): Promise<void> {
  const erased = await deps.conversationStore.erase(conversation);
  if (!erased) throw new DomainError('not_found', 'There is no such conversation.');
}
