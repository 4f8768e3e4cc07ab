import type { ConversationStore } from '../../ports/conversation-store.js';
import { notFound, throwIfInvalid } from '../errors.js';
import type { Page, PageRequest } from '../page.js';
import { requireOwner, requireReader, type AccountRequest } from './access.js';
import { validateTitle, type Conversation } from './conversation.js';
import type { Exchange } from './exchange.js';

/** A conversation of an account, and who calls. */
export interface ConversationRequest extends AccountRequest {
  conversationId: string;
}

/**
 * Returns a conversation of the account and a page of its exchanges, newest first.
 *
 * @throws DomainError `not_found` if the account has no such conversation, or the caller may not read it.
 */
export async function readConversation(
  deps: { conversationStore: Pick<ConversationStore, 'read'> },
  { caller, userId, conversationId }: ConversationRequest,
  page: PageRequest,
): Promise<{ conversation: Conversation; exchanges: Page<Exchange> }> {
  requireReader({ caller, userId });
  const found = await deps.conversationStore.read({ userId, conversationId }, page);
  if (found === null) throw notFound('conversation');
  return found;
}

/**
 * Gives a conversation another title.
 *
 * @throws DomainError `invalid_input`; `not_found` if there is no such conversation, or the caller may not change it.
 */
export async function renameConversation(
  deps: { conversationStore: Pick<ConversationStore, 'rename'> },
  { caller, userId, conversationId, title }: ConversationRequest & { title: string },
): Promise<Conversation> {
  requireOwner({ caller, userId });
  throwIfInvalid({ title: validateTitle(title) });
  const renamed = await deps.conversationStore.rename({ userId, conversationId }, title);
  if (renamed === null) throw notFound('conversation');
  return renamed;
}

/**
 * Erases a conversation and the texts of its exchanges, never the ledger.
 *
 * @throws DomainError `not_found` if there is no such conversation, or the caller may not change it.
 */
export async function eraseConversation(
  deps: { conversationStore: Pick<ConversationStore, 'erase'> },
  { caller, userId, conversationId }: ConversationRequest,
): Promise<void> {
  requireOwner({ caller, userId });
  const isErased = await deps.conversationStore.erase({ userId, conversationId });
  if (!isErased) throw notFound('conversation');
}
