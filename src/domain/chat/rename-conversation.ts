import type { ConversationReference, ConversationStore } from '../../ports/conversation-store.js';
import { DomainError, refuseFaults } from '../errors.js';
import { titleFaults, type Conversation } from './conversation.js';

/** Gives a conversation another title. Refuses with `invalid_input` or `not_found`. */
export async function renameConversation(
  needs: { conversationStore: Pick<ConversationStore, 'rename'> },
  { title, ...conversation }: ConversationReference & { title: string },
): Promise<Conversation> {
  refuseFaults({ title: titleFaults(title) });
  const renamed = await needs.conversationStore.rename(conversation, title);
  if (renamed === null) throw new DomainError('not_found', 'There is no such conversation.');
  return renamed;
}
