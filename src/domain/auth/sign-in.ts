import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserName, UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { note, type NoteNeeds } from '../audit/note.js';
import { DomainError } from '../errors.js';
import { unstorableReason } from '../text.js';
import { emailKey, usernameKey, type User } from '../users/user.js';
import { openSession } from './open-session.js';
import type { OpenedSession, SessionNeeds } from './session.js';
import { canonicalPassword, isOverlongPassword } from './password.js';

export interface SignInNeeds extends SessionNeeds, NoteNeeds {
  userStore: Pick<UserStore, 'findByName'>;
  passwordHasher: Pick<PasswordHasher, 'verify'>;
}

export interface SignInInput {
  /** A username or an email. */
  name: string;
  password: string;
  origin: Origin;
}

/**
 * Opens a session for a name and its password. Refuses with the one error `invalid_credentials` whether the name is
 * unknown, the password wrong or the account disabled, after exactly one password comparison each.
 */
export async function signIn(
  needs: SignInNeeds,
  input: SignInInput,
): Promise<{ user: User; session: OpenedSession }> {
  const found = isPossibleName(input.name) ? await needs.userStore.findByName(nameOf(input.name)) : null;
  // Normalising takes time by the square of a text's length, so that a text which cannot match is not normalised.
  const matches = isOverlongPassword(input.password)
    ? await needs.passwordHasher.verify('', null)
    : await needs.passwordHasher.verify(canonicalPassword(input.password), found?.passwordHash ?? null);
  if (found === null || !matches || found.user.status !== 'active') {
    await note(needs, 'sign_in_failed', { userId: found?.user.id ?? null, origin: input.origin });
    throw refusal();
  }
  const session = await openSession(needs, {
    userId: found.user.id,
    userAgent: input.origin.userAgent,
  }).catch((error: unknown) => {
    throw error instanceof DomainError && error.code === 'unauthenticated' ? refusal() : error;
  });
  const about = { userId: found.user.id, subjectId: session.sessionId, origin: input.origin };
  await note(needs, 'signed_in', about);
  return { user: found.user, session };
}

/** False of what no store can hold or is longer than any name: 254 code points. */
function isPossibleName(name: string): boolean {
  return name.length <= 2 * 254 && unstorableReason(name) === null;
}

function nameOf(name: string): UserName {
  return name.includes('@') ? { emailKey: emailKey(name) } : { usernameKey: usernameKey(name) };
}

function refusal(): DomainError {
  return new DomainError('invalid_credentials', 'No active account has this name and password.');
}
