/**
 * What a service key may do. `metering`: spend credits of any account, and hold, settle, renew and release them. `grants`:
 * change balances. `read`: read what administrators can read.
 */
export const serviceScopes = ['metering', 'grants', 'read'] as const;
/** A scope of a service key. */
export type ServiceScope = (typeof serviceScopes)[number];

/** A key that an administrator made for a program, without its secret. It belongs to the installation, not to an account. */
export interface ServiceKey {
  id: string;
  name: string;
  /** Each scope at most once, in the order of `serviceScopes`. */
  scopes: readonly ServiceScope[];
  /** The last four characters of the secret, by which its owner recognises the key. */
  lastCharacters: string;
  /** The account of the administrator who made it, perhaps erased since; null if the operator made it. */
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  /** To the minute; null if it was never used. */
  lastUsedAt: Date | null;
}

/** How many service keys an installation can have at most. */
export const maxServiceKeys = 100;

/** Returns the problems of the scopes of a new key; none if they are valid. */
export function validateScopes(scopes: readonly string[]): string[] {
  const areKnown = scopes.every((scope) => serviceScopes.some((known) => known === scope));
  return scopes.length > 0 && areKnown ? [] : [`Must name one or more of ${serviceScopes.join(', ')}.`];
}
