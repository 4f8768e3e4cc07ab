import type { Secrets } from '../../ports/secrets.js';
import { DomainError } from '../errors.js';

/** The kinds that are sent by mail and work once. */
export type OneTimeKind = 'email_confirmation' | 'password_reset';

/** What an auth token is for. One kind is never accepted in place of another. */
export type AuthTokenKind =
  | 'access'
  | 'refresh'
  | 'api_key'
  | 'email_cancellation'
  | 'sign_in_challenge'
  | OneTimeKind;

const prefixes = {
  access: 'mca',
  refresh: 'mcr',
  api_key: 'mck',
  email_confirmation: 'mce',
  password_reset: 'mcp',
  email_cancellation: 'mcu',
  sign_in_challenge: 'mcf',
} as const satisfies Record<AuthTokenKind, string>;

/**
 * What an auth token is looked up by. The secret contains the id of its user, so that every look-up goes by `user_id`. Only a
 * digest of its 256 random bits is stored.
 */
export interface AuthTokenReference {
  kind: AuthTokenKind;
  userId: string;
  /** SHA-256 in hexadecimal: of the whole secret, or of a one-time secret without its user. */
  digest: string;
}

/** A new secret, and the reference that is stored in its place. The secret is shown once and cannot be read again. */
export interface NewAuthToken {
  secret: string;
  reference: AuthTokenReference;
}

/** Creates `mca_<user id>_<43 random characters>`: a prefix for secret scanners, and 256 random bits. */
export function createAuthToken(
  secrets: Secrets,
  kind: Exclude<AuthTokenKind, OneTimeKind>,
  userId: string,
): NewAuthToken {
  const secret = assemble(kind, userId, secrets.random());
  return { secret, reference: { kind, userId, digest: secrets.digest(secret) } };
}

/**
 * Creates a one-time auth token for a user who is not known yet. The statement that stores the digest also finds the user, so
 * that the same statement runs whether or not the user exists.
 */
export function createOneTimeToken(
  secrets: Secrets,
  kind: OneTimeKind,
): { digest: string; secretFor: (userId: string) => string } {
  const random = secrets.random();
  return {
    digest: secrets.digest(withoutUser(kind, random)),
    secretFor: (userId) => assemble(kind, userId, random),
  };
}

/** A prefix, a user's id in five groups, and the random part. */
const shape = /^([a-z]{3})_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([\w-]{43})$/;

/** Parses a presented secret as one of these kinds; null if it has the form of none. */
export function parseAuthToken(
  secrets: Secrets,
  kinds: readonly AuthTokenKind[],
  secret: string,
): AuthTokenReference | null {
  const parts = shape.exec(secret);
  const kind = kinds.find((candidate) => prefixes[candidate] === parts?.[1]);
  if (parts === null || kind === undefined) return null;
  const userId = parts.slice(2, 7).join('-');
  const random = parts[7] ?? '';
  const isOneTime = kind === 'email_confirmation' || kind === 'password_reset';
  return { kind, userId, digest: secrets.digest(isOneTime ? withoutUser(kind, random) : secret) };
}

/** Returns the error for a rejected one-time auth token; the same for every reason. */
export function invalidAuthToken(): DomainError {
  return new DomainError(
    'invalid_auth_token',
    'This link is not valid: it was used, was replaced by a newer one, or has expired.',
  );
}

function assemble(kind: AuthTokenKind, userId: string, random: string): string {
  return `${prefixes[kind]}_${userId.replaceAll('-', '')}_${random}`;
}

function withoutUser(kind: OneTimeKind, random: string): string {
  return `${prefixes[kind]}_${random}`;
}

/** What a service key is looked up by. Its secret contains the id of the key. */
export interface ServiceKeyReference {
  keyId: string;
  /** SHA-256 of the whole secret, in hexadecimal. */
  digest: string;
}

/** Creates `mcm_<key id>_<43 random characters>`: a prefix for secret scanners, and 256 random bits. */
export function createServiceSecret(
  secrets: Secrets,
  keyId: string,
): { secret: string; reference: ServiceKeyReference } {
  const secret = `mcm_${keyId.replaceAll('-', '')}_${secrets.random()}`;
  return { secret, reference: { keyId, digest: secrets.digest(secret) } };
}

/** A prefix, the id of a key in five groups, and the random part. */
const serviceShape = /^mcm_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[\w-]{43}$/;

/** Parses a presented secret; null if it does not have the form of a service key. */
export function parseServiceSecret(
  secrets: Pick<Secrets, 'digest'>,
  secret: string,
): ServiceKeyReference | null {
  const parts = serviceShape.exec(secret);
  return parts === null ? null : { keyId: parts.slice(1).join('-'), digest: secrets.digest(secret) };
}

/**
 * Returns true if a secret has the form of Django REST Framework's auth tokens, which is 160 bits in hexadecimal, without a user id.
 * It is looked up by its digest alone, and only as an access token.
 */
export function isImportedAuthToken(secret: string): boolean {
  return /^[0-9a-f]{40}$/.test(secret);
}
