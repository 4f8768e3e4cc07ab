import { DomainError } from '../errors.js';
import type { Policy } from '../policy.js';

/** Rejects with `password_sign_in_off` if only providers are left to sign in by. */
export function requirePasswordSignIn({ policy }: { policy: Pick<Policy, 'passwordSignIn'> }): void {
  if (policy.passwordSignIn) return;
  throw new DomainError('password_sign_in_off', 'Passwords are off here. Sign in by a provider.');
}
