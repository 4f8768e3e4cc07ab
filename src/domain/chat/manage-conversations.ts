import type { ConversationReference, ConversationStore } from '../../ports/conversation-store.js';
import { notFound, throwIfInvalid } from '../errors.js';
import type { Page, PageRequest } from '../page.js';
import { validateTitle, type Conversation } from './conversation.js';
import type { Exchange } from './exchange.js';

/**
 * Returns a conversation of the user and a page of its exchanges, newest first.
 *
 * @throws DomainError `not_found` if the user has no such conversation.
 */
export async function readConversation(
  deps: { conversationStore: Pick<ConversationStore, 'read'> },
  conversation: ConversationReference,
  page: PageRequest,
): Promise<{ conversation: Conversation; exchanges: Page<Exchange> }> {
  const found = await deps.conversationStore.read(conversation, page);
  if (found === null) throw notFound('conversation');
  return found;
}

/**
 * Gives a conversation another title.
 *
 * @throws DomainError `invalid_input` or `not_found`.
 */
export async function renameConversation(
  deps: { conversationStore: Pick<ConversationStore, 'rename'> },
  { title, ...conversation }: ConversationReference & { title: string },
): Promise<Conversation> {
  throwIfInvalid({ title: validateTitle(title) });
  const renamed = await deps.conversationStore.rename(conversation, title);
  if (renamed === null) throw notFound('conversation');
  return renamed;
}

/**
 * Erases a conversation and the texts of its exchanges, never the ledger.
 *
 * @throws DomainError `not_found`.
 */
export async function eraseConversation(
  deps: { conversationStore: Pick<ConversationStore, 'erase'> },
  conversation: ConversationReference,
): Promise<void> {
  const isErased = await deps.conversationStore.erase(conversation);
  if (!isErased) throw notFound('conversation');
}
