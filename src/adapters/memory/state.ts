import type { AuditEvent } from '../../domain/audit/audit-event.js';
import type { ApiKey } from '../../domain/auth/api-key.js';
import type { AuthTokenReference, OneTimeKind } from '../../domain/auth/auth-token.js';
import type { ServiceKey } from '../../domain/auth/service-key.js';
import type { Session } from '../../domain/auth/session.js';
import type { Identity } from '../../domain/identities/identity.js';
import { pageOf, type Page, type PageRequest } from '../../domain/page.js';
import type { Redemption, VoucherBatch } from '../../domain/vouchers/voucher.js';
import type { EmailChange } from '../../domain/users/email-change.js';
import type { User } from '../../domain/users/user.js';
import type { ChallengeReference } from '../../ports/challenge-store.js';
import type { StoredPasskey } from '../../ports/passkey-store.js';
import type { StoredEndpoint, StoredEvent } from './webhook-state.js';
import type { NotificationPreferences } from '../../ports/notification-store.js';
import type { SignInAttempt } from '../../ports/sign-in-attempt-store.js';
import type { PaymentProblem } from '../../ports/order-store.js';
import type { Account } from './account-state.js';

/** A stored user with its lookup keys and password hash. */
export interface StoredUser {
  user: Readonly<User>;
  usernameKey: string;
  emailKey: string | null;
  passwordHash: string;
  passwordVersion: number;
}

/** An issued auth token. */
export interface StoredAuthToken {
  reference: Readonly<AuthTokenReference>;
  pairId: string;
  expiresAtMs: number;
  /** When a refresh token was first used. */
  consumedAtMs: number | null;
}

/** A session, with its auth tokens by digest. */
export interface StoredSession {
  session: Readonly<Session>;
  /** When its user last proved their identity, in milliseconds since 1970. */
  provedAtMs: number | null;
  authTokens: Map<string, StoredAuthToken>;
}

/** A stored API key. */
export interface StoredApiKey {
  key: Readonly<ApiKey>;
  digest: string;
}

/** A stored service key. */
export interface StoredServiceKey {
  key: Readonly<ServiceKey>;
  digest: string;
}

/** An issued one-time auth token, with the email it was sent to. */
export interface StoredOneTimeToken {
  digest: string;
  emailKey: string;
  expiresAtMs: number;
}

/** An email change. It is pending while `tookEffectAt` is null. */
export interface StoredEmailChange extends EmailChange {
  formerEmailKey: string | null;
  emailKey: string | null;
  cancelDigest: string | null;
  isByAdmin: boolean;
}

/** A voucher, by the digest of its code. */
export interface StoredVoucher {
  batchId: string;
  redemptions: number;
}

/** The second factors of a user. */
export interface StoredFactors {
  totp: { sealedSecret: string; confirmedAt: Date | null; lastStep: number } | null;
  /** Oldest first. */
  passkeys: StoredPasskey[];
  recoveryDigests: Set<string>;
}

/** A challenge, by its digest. */
export interface StoredChallenge extends Omit<ChallengeReference, 'digest'> {
  passwordVersion: number | null;
  expiresAtMs: number;
}

/** The data of all stores in memory. They share it, so that one operation can change several parts atomically. */
export interface MemoryState {
  users: Map<string, StoredUser>;
  userIdsByName: { username: Map<string, string>; email: Map<string, string> };
  /** Sessions of each user, by id. */
  sessions: Map<string, Map<string, StoredSession>>;
  /** API keys of each user, by id. */
  apiKeys: Map<string, Map<string, StoredApiKey>>;
  /** By id. */
  serviceKeys: Map<string, StoredServiceKey>;
  /** Last use of the networks of each user, by digest, in milliseconds since 1970. */
  knownNetworks: Map<string, Map<string, number>>;
  /** Identities of each user at providers. */
  identities: Map<string, readonly Readonly<Identity>[]>;
  /** Sign-ins that have begun, by digest. */
  signInAttempts: Map<string, SignInAttempt & { expiresAtMs: number }>;
  /** Second factors of each user. */
  factors: Map<string, StoredFactors>;
  /** By digest. */
  challenges: Map<string, StoredChallenge>;
  /** One-time auth tokens of each user, at most one of each kind. */
  oneTimeTokens: Map<string, Map<OneTimeKind, StoredOneTimeToken>>;
  /** Email changes of each user, in the order in which they took effect. The pending one is the last. */
  emailChanges: Map<string, StoredEmailChange[]>;
  accounts: Map<string, Account>;
  /** Digests of the sources of imported accounts. */
  importedSources: Set<string>;
  /** Users by the digest of an imported auth token, which may have ended since. */
  userIdsByImportedDigest: Map<string, string>;
  /** When each setup secret for the first administrator expires, by digest, in milliseconds since 1970. */
  firstAdminSecrets: Map<string, number>;
  /** By id. Without the number of redemptions, which is that of the vouchers. */
  voucherBatches: Map<string, Readonly<Omit<VoucherBatch, 'redemptions'>>>;
  /** By the digest of the code. */
  vouchers: Map<string, StoredVoucher>;
  /** What each user has redeemed, by the digest of the code. */
  redemptions: Map<string, Map<string, Readonly<Redemption>>>;
  /** Append-only. */
  auditEvents: Readonly<AuditEvent>[];
  /** The outbox, in the order in which events were written. */
  readonly events: StoredEvent[];
  /** By id. */
  webhookEndpoints: Map<string, StoredEndpoint>;
  /** What people do not get by mail, by their id. */
  mailPreferences: Map<string, Omit<NotificationPreferences, 'lowBalance'>>;
  /** Refused events of payment providers, by day and reason. */
  refusedPaymentEvents: Map<string, PaymentProblem>;
  /** How far the events of each provider were read. */
  paymentCursors: Map<string, string>;
}

/** A state without users. */
export function emptyState(): MemoryState {
  return {
    users: new Map(),
    userIdsByName: { username: new Map(), email: new Map() },
    sessions: new Map(),
    apiKeys: new Map(),
    serviceKeys: new Map(),
    knownNetworks: new Map(),
    identities: new Map(),
    signInAttempts: new Map(),
    factors: new Map(),
    challenges: new Map(),
    oneTimeTokens: new Map(),
    emailChanges: new Map(),
    accounts: new Map(),
    importedSources: new Set(),
    userIdsByImportedDigest: new Map(),
    firstAdminSecrets: new Map(),
    voucherBatches: new Map(),
    vouchers: new Map(),
    redemptions: new Map(),
    auditEvents: [],
    events: [],
    webhookEndpoints: new Map(),
    mailPreferences: new Map(),
    refusedPaymentEvents: new Map(),
    paymentCursors: new Map(),
  };
}

/** The user with another password. */
export function withPassword(stored: StoredUser, passwordHash: string): StoredUser {
  return { ...stored, passwordHash, passwordVersion: stored.passwordVersion + 1 };
}

/** Removes the API keys of a user, and the caps on them. Returns their number. */
export function removeKeys(state: MemoryState, userId: string): number {
  const keyIds = [...(state.apiKeys.get(userId)?.keys() ?? [])];
  for (const keyId of keyIds) removeKey(state, userId, keyId);
  return keyIds.length;
}

/** Removes an API key of a user, and the caps on it. Returns false if there was none. */
export function removeKey(state: MemoryState, userId: string, keyId: string): boolean {
  const caps = state.accounts.get(userId)?.caps;
  for (const cap of caps?.values() ?? []) if (cap.keyId === keyId) caps?.delete(cap.id);
  return state.apiKeys.get(userId)?.delete(keyId) ?? false;
}

/** Runs synchronous `work` at once, so that it is atomic. If it throws, the promise rejects. */
export function runAtomically<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

/** A copy that the caller may change without changing the stored item. */
export function copyOf<Item extends { createdAt: Date }>(stored: Readonly<Item>): Item {
  return { ...stored, createdAt: new Date(stored.createdAt) };
}

/** One page of stored items, newest first unless `isAscending`. */
export function pageOfStored<Item extends { id: string; createdAt: Date }>(
  stored: Iterable<Readonly<Item>>,
  { limit, before }: PageRequest,
  isAscending = false,
): Page<Item> {
  const isAfter = (left: string, right: string) => (isAscending ? left > right : left < right);
  const following = [...stored].filter(({ id }) => before === null || isAfter(id, before));
  following.sort((left, right) => (isAfter(left.id, right.id) ? 1 : -1));
  return pageOf(following.slice(0, limit + 1).map(copyOf), limit);
}
