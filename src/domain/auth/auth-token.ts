import type { Secrets } from '../../ports/secrets.js';

/** What an auth token is good for; one kind never stands in for another. */
export type AuthTokenKind = 'access' | 'refresh' | 'api_key';

const prefixes = { access: 'mca', refresh: 'mcr', api_key: 'mck' } as const satisfies Record<
  AuthTokenKind,
  string
>;

/**
 * An auth token as it can be looked up. The secret names its user, so that every look-up goes by `user_id`;
 * its 256 random bits are kept only as a digest.
 */
export interface AuthTokenReference {
  kind: AuthTokenKind;
  userId: string;
  /** SHA-256 of the whole secret, in hexadecimal. */
  digest: string;
}

/** A new secret and the only form of it that may be stored. The secret is shown once and never again. */
export interface MintedAuthToken {
  secret: string;
  reference: AuthTokenReference;
}

/** Mints `mca_<user id>_<43 random characters>`: a prefix that secret scanners can know, and 256 random bits. */
export function mintAuthToken(secrets: Secrets, kind: AuthTokenKind, userId: string): MintedAuthToken {
  const secret = `${prefixes[kind]}_${userId.replaceAll('-', '')}_${secrets.random()}`;
  return { secret, reference: { kind, userId, digest: secrets.digest(secret) } };
}

const shape = /^(?<prefix>[a-z]{3})_(?<user>[0-9a-f]{32})_[A-Za-z0-9_-]{43}$/;

/** Reads a secret that somebody presents as one of these kinds; null when it cannot be one. */
export function readAuthToken(
  secrets: Secrets,
  kinds: readonly AuthTokenKind[],
  secret: string,
): AuthTokenReference | null {
  const groups = shape.exec(secret)?.groups;
  const kind = kinds.find((candidate) => prefixes[candidate] === groups?.['prefix']);
  if (groups?.['user'] === undefined || kind === undefined) return null;
  const userId = groups['user'].replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { kind, userId, digest: secrets.digest(secret) };
}
