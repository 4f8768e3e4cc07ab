import type { ConversationStore } from '../../ports/conversation-store.js';
import { DomainError, notFound, throwIfInvalid } from '../errors.js';
import type { Page, PageRequest } from '../page.js';
import { requireOwner, requireReader, type AccountRequest } from './access.js';
import type { ApiKeyCaller } from '../auth/caller.js';
import {
  settingsProblems,
  validateSearch,
  validateTitle,
  type Conversation,
  type ConversationChange,
  type ConversationFilter,
  type FoundConversation,
} from './conversation.js';
import type { ReadBalanceDeps } from '../ledger/read-balance.js';
import { readAccountPage } from '../users/read-account-page.js';
import type { Exchange } from './exchange.js';
import { chainForKey, type ModelOffers } from './model-offer.js';

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
 * Returns a page of the conversations of an account that a filter matches, the last used one first.
 *
 * @throws DomainError `invalid_input` if the text is blank or too long; `not_found` if the caller may not read them.
 */
export async function searchConversations(
  deps: { conversationStore: Pick<ConversationStore, 'search'> } & ReadBalanceDeps,
  { filter, ...request }: AccountRequest & { filter: ConversationFilter; page: PageRequest },
): Promise<Page<FoundConversation>> {
  throwIfInvalid({ q: filter.text === null ? [] : validateSearch(filter.text) });
  return readAccountPage(deps, request, (userId, page) =>
    deps.conversationStore.search(userId, filter, page),
  );
}

/** A conversation, what is to be changed of it, and the API key by which the account calls; absent or null for none. */
export interface ChangeConversationRequest extends ConversationRequest {
  change: ConversationChange;
  apiKey?: Pick<ApiKeyCaller, 'models'> | null;
}

/**
 * Gives a conversation another title, pins it, or changes the settings of its further messages.
 *
 * @throws DomainError `invalid_input`; `model_not_found`; `model_not_allowed`; `not_found` if there is no such conversation, or
 * the caller may not change it.
 */
export async function changeConversation(
  deps: { conversationStore: Pick<ConversationStore, 'change'>; models: ModelOffers },
  { caller, userId, conversationId, change, apiKey = null }: ChangeConversationRequest,
): Promise<Conversation> {
  requireOwner({ caller, userId });
  const { title, settings = {} } = change;
  throwIfInvalid({
    title: title === undefined ? [] : validateTitle(title),
    ...settingsProblems(settings),
  });
  if (settings.model != null && chainForKey(deps.models, settings.model, apiKey) === null)
    throw new DomainError('model_not_found', 'There is no model of this name.');
  const changed = await deps.conversationStore.change({ userId, conversationId }, change);
  if (changed === null) throw notFound('conversation');
  return changed;
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
