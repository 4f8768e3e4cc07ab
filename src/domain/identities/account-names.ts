import type { ProviderClaims } from '../../ports/identity-provider.js';
import { emailKey, validateEmail, validateUsername } from '../users/user.js';

/** Leaves space for a suffix. */
const maxBaseChars = 100;

/** Returns a username made of what the provider calls a person, of ASCII characters only. */
export function usernameFrom({
  preferredName,
  email,
}: Pick<ProviderClaims, 'preferredName' | 'email'>): string {
  const names = [preferredName, email].map((name) => toUsername(name?.split('@', 1)[0] ?? ''));
  return names.find((name) => validateUsername(name).length === 0) ?? 'user';
}

function toUsername(name: string): string {
  const ascii = name
    .slice(0, 4 * maxBaseChars)
    .normalize('NFKD')
    .replace(/\s+/g, '.');
  return ascii.replace(/[^A-Za-z0-9.+_-]/g, '').slice(0, maxBaseChars);
}

/** An email that a provider has verified, as accounts store it. */
export interface VerifiedEmail {
  email: string;
  emailKey: string;
}

/** Returns the email of a person that their provider has verified; null if there is none, or it is not a valid address. */
export function verifiedEmailOf({ email, emailVerified }: ProviderClaims): VerifiedEmail | null {
  if (email === null || !emailVerified || validateEmail(email).length > 0) return null;
  return { email, emailKey: emailKey(email) };
}
