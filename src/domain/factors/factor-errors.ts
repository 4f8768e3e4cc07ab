import { DomainError } from '../errors.js';

/** Returns the error for a code that is wrong, too old or was used: the same for every reason. */
export function wrongCode(): DomainError {
  return new DomainError('wrong_code', 'This code is wrong, has expired or was used. Enter a new one.');
}

/** Returns the error for a passkey that was not accepted: the same for every reason. */
export function wrongPasskey(): DomainError {
  return new DomainError('wrong_passkey', 'This passkey was not accepted. Try again, or use another one.');
}

/** Returns the error for a sign-in that cannot go on. */
export function challengeExpired(): DomainError {
  return new DomainError('challenge_expired', 'This sign-in has expired or was completed. Sign in again.');
}

/** Returns the error for a second factor of a kind that cannot be set up twice. */
export function totpExists(): DomainError {
  return new DomainError(
    'totp_exists',
    'This account has an authenticator app. Remove it before you set up another one.',
  );
}

/** Returns the error for the removal of the last factor of an account that must have one. */
export function lastFactor(): DomainError {
  return new DomainError(
    'last_factor',
    'This account must have a second factor. Add another one before you remove this one.',
  );
}
