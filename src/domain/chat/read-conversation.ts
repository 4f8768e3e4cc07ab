import type { ConversationReference, ConversationStore } from '../../ports/conversation-store.js';
import { DomainError } from '../errors.js';
import type { Page, PageRequest } from '../page.js';
import type { Conversation } from './conversation.js';
import type { Exchange } from './exchange.js';

/** A conversation and its exchanges, newest first. Refuses with `not_found`. */
export async function readConversation(
  deps: { conversationStore: Pick<ConversationStore, 'read'> },
  conversation: ConversationReference,
  page: PageRequest,
): Promise<{ conversation: Conversation; exchanges: Page<Exchange> }> {
  const found = await deps.conversationStore.read(conversation, page);
  if (found === null) throw new DomainError('not_found', 'There is no such conversation.');
  return found;
}
