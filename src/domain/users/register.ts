import type { Origin } from '../audit/audit-event.js';
import { note, type NoteNeeds } from '../audit/note.js';
import { rememberNetwork, type KnownNetworkNeeds } from '../auth/known-networks.js';
import { openSession } from '../auth/open-session.js';
import type { OpenedSession } from '../auth/session.js';
import type { SessionNeeds } from '../auth/mint-pair.js';
import { createUser, type CreateUserInput, type CreateUserNeeds } from './create-user.js';
import { sendConfirmation, type SendConfirmationNeeds } from './request-verification.js';
import { firstPasswordVersion, type User } from './user.js';

export type RegisterNeeds = CreateUserNeeds &
  SessionNeeds &
  NoteNeeds &
  SendConfirmationNeeds &
  KnownNetworkNeeds;

/**
 * Creates an account for whoever asks, signs them in, and sends the mail that confirms their email. Refuses as
 * `createUser` does.
 */
export async function register(
  needs: RegisterNeeds,
  input: CreateUserInput & { origin: Origin },
): Promise<{ user: User; session: OpenedSession }> {
  const user = await createUser(needs, { ...input, role: 'user' });
  await note(needs, 'registered', { userId: user.id, origin: input.origin });
  if (user.email !== null) await sendConfirmation(needs, { userId: user.id, origin: input.origin });
  const { userAgent } = input.origin;
  const session = await openSession(needs, {
    userId: user.id,
    passwordVersion: firstPasswordVersion,
    userAgent,
  });
  await rememberNetwork(needs, { userId: user.id, address: input.origin.address });
  return { user, session };
}
