import type { ConversationReference, ConversationStore } from '../../ports/conversation-store.js';
import { DomainError, throwIfInvalid } from '../errors.js';
import { validateTitle, type Conversation } from './conversation.js';

/** Gives a conversation another title. Refuses with `invalid_input` or `not_found`. */
export async function renameConversation(
  deps: { conversationStore: Pick<ConversationStore, 'rename'> },
  { title, ...conversation }: ConversationReference & { title: string },
): Promise<Conversation> {
  throwIfInvalid({ title: validateTitle(title) });
  const renamed = await deps.conversationStore.rename(conversation, title);
  if (renamed === null) throw new DomainError('not_found', 'There is no such conversation.');
  return renamed;
}
