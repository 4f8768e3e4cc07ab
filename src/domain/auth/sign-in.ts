import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserName, UserStore } from '../../ports/user-store.js';
import { DomainError } from '../errors.js';
import { emailKey, usernameKey, type User } from '../users/user.js';
import { openSession, type OpenedSession, type OpenSessionNeeds } from './open-session.js';
import { canonicalPassword } from './password.js';

export interface SignInNeeds extends OpenSessionNeeds {
  userStore: Pick<UserStore, 'findByName'>;
  passwordHasher: Pick<PasswordHasher, 'verify'>;
}

export interface SignInInput {
  /** A username or an email. */
  name: string;
  password: string;
  userAgent: string | null;
}

/**
 * Opens a session for a name and its password. Refuses with the one error `invalid_credentials` whether the name is
 * unknown, the password wrong or the account disabled, after exactly one password comparison each.
 */
export async function signIn(
  needs: SignInNeeds,
  input: SignInInput,
): Promise<{ user: User; session: OpenedSession }> {
  const found = await needs.userStore.findByName(nameOf(input.name));
  const matches = await needs.passwordHasher.verify(
    canonicalPassword(input.password),
    found?.passwordHash ?? null,
  );
  if (found === null || !matches || found.user.status !== 'active') throw refusal();
  const session = await openSession(needs, { userId: found.user.id, userAgent: input.userAgent }).catch(
    (error: unknown) => {
      throw error instanceof DomainError && error.code === 'unauthenticated' ? refusal() : error;
    },
  );
  return { user: found.user, session };
}

function nameOf(name: string): UserName {
  return name.includes('@') ? { emailKey: emailKey(name) } : { usernameKey: usernameKey(name) };
}

function refusal(): DomainError {
  return new DomainError('invalid_credentials', 'No active account has this name and password.');
}
