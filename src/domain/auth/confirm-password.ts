import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserCredentials, UserStore } from '../../ports/user-store.js';
import { DomainError } from '../errors.js';
import type { Caller } from './caller.js';
import { canonicalPassword, isOverlongPassword } from './password.js';

export interface ConfirmPasswordNeeds {
  userStore: Pick<UserStore, 'findById'>;
  passwordHasher: Pick<PasswordHasher, 'verify'>;
}

/**
 * Makes sure that a signed-in caller still knows their password, before something that cannot be undone. Answers the
 * account as it is now. Refuses with `wrong_password`, or with `unauthenticated` when the account is gone by then.
 */
export async function confirmPassword(
  needs: ConfirmPasswordNeeds,
  input: { caller: Caller; password: string },
): Promise<UserCredentials> {
  const found = await needs.userStore.findById(input.caller.user.id);
  if (found === null) throw new DomainError('unauthenticated', 'This account is not active any more.');
  const matches =
    !isOverlongPassword(input.password) &&
    (await needs.passwordHasher.verify(canonicalPassword(input.password), found.passwordHash));
  if (!matches) throw new DomainError('wrong_password', 'The current password is wrong.');
  return found;
}
