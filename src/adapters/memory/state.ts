import type { AuditEvent } from '../../domain/audit/audit-event.js';
import type { ApiKey } from '../../domain/auth/api-key.js';
import type { AuthTokenReference, OneTimeKind } from '../../domain/auth/auth-token.js';
import type { Session } from '../../domain/auth/session.js';
import type { Conversation } from '../../domain/chat/conversation.js';
import type { Exchange } from '../../domain/chat/exchange.js';
import type { Entry } from '../../domain/ledger/entry.js';
import { pageOf, type Page, type PageRequest } from '../../domain/page.js';
import type { EmailChange } from '../../domain/users/email-change.js';
import type { User } from '../../domain/users/user.js';

/** An account as it is kept: all that is public of it, and what it is found and proved by. */
export interface StoredUser {
  user: Readonly<User>;
  usernameKey: string;
  emailKey: string | null;
  passwordHash: string;
  passwordVersion: number;
}

/** An exchange as it is kept. Frozen: a change puts another in its place. */
export interface StoredExchange {
  exchange: Readonly<Exchange>;
  deadlineMs: number;
  idempotencyKey: string | null;
  failure: string | null;
  endedAt: Date | null;
}

/** A conversation as it is kept, and the newest exchange in it. Frozen: a change puts another in its place. */
export interface StoredConversation {
  conversation: Readonly<Conversation>;
  lastExchangeId: string;
}

/** The money of one account, and what it was spent on. */
export interface Account {
  balance: number;
  /** True once its owner is erased: nothing more is spent or granted. */
  isClosed: boolean;
  /** By id. Only ever added to, by `appendEntry`. */
  readonly entries: ReadonlyMap<string, Readonly<Entry>>;
  exchanges: Map<string, StoredExchange>;
  conversations: Map<string, StoredConversation>;
  /** The exchange that claimed an idempotency key. */
  claims: Map<string, string>;
  /** The entry that was posted under an idempotency key. */
  entryClaims: Map<string, string>;
  /** The exchanges whose hold is open. */
  openHolds: Set<string>;
}

/** An auth token that was issued. */
export interface StoredAuthToken {
  reference: Readonly<AuthTokenReference>;
  pairId: string;
  expiresAtMs: number;
  /** When a refresh token brought its first pair. */
  consumedAtMs: number | null;
}

/** A session with its auth tokens by digest. */
export interface StoredSession {
  session: Readonly<Session>;
  authTokens: Map<string, StoredAuthToken>;
}

/** A key of a program. */
export interface StoredApiKey {
  key: Readonly<ApiKey>;
  digest: string;
}

/** A one-time auth token that was issued, and the address that it was sent to. */
export interface StoredOneTimeToken {
  digest: string;
  emailKey: string;
  expiresAtMs: number;
}

/** A change of an email, pending while `tookEffectAt` is null. */
export interface StoredEmailChange extends EmailChange {
  formerEmailKey: string | null;
  emailKey: string | null;
  cancelDigest: string | null;
  isByAdmin: boolean;
}

/** All that the stores in memory know. Whatever must change together is in here together. */
export interface MemoryState {
  users: Map<string, StoredUser>;
  userIdsByName: { username: Map<string, string>; email: Map<string, string> };
  /** Each account's sessions by id. */
  sessions: Map<string, Map<string, StoredSession>>;
  /** Each account's keys by id. */
  apiKeys: Map<string, Map<string, StoredApiKey>>;
  /** When each account's networks were last used, by their digests. */
  knownNetworks: Map<string, Map<string, number>>;
  /** Each account's one-time auth tokens, one of a kind. */
  oneTimeTokens: Map<string, Map<OneTimeKind, StoredOneTimeToken>>;
  /** Each account's changes of its email, in the order in which they took effect; the pending one is the last. */
  emailChanges: Map<string, StoredEmailChange[]>;
  accounts: Map<string, Account>;
  /** The digests of sources that accounts came from. */
  importedSources: Set<string>;
  /** Whose auth token of another system has a digest; it may have ended since. */
  userIdsByImportedDigest: Map<string, string>;
  /** The digests of the first administrator's secrets, and until when each works. */
  firstAdminSecrets: Map<string, number>;
  /** Only ever added to. */
  auditEvents: Readonly<AuditEvent>[];
}

/** A state without anybody in it. */
export function emptyState(): MemoryState {
  return {
    users: new Map(),
    userIdsByName: { username: new Map(), email: new Map() },
    sessions: new Map(),
    apiKeys: new Map(),
    knownNetworks: new Map(),
    oneTimeTokens: new Map(),
    emailChanges: new Map(),
    accounts: new Map(),
    importedSources: new Set(),
    userIdsByImportedDigest: new Map(),
    firstAdminSecrets: new Map(),
    auditEvents: [],
  };
}

/** The account with another password. */
export function withPassword(stored: StoredUser, passwordHash: string): StoredUser {
  return { ...stored, passwordHash, passwordVersion: stored.passwordVersion + 1 };
}

/** Removes an account's API keys. Returns how many there were. */
export function removeKeys(state: MemoryState, userId: string): number {
  const removed = state.apiKeys.get(userId)?.size ?? 0;
  state.apiKeys.delete(userId);
  return removed;
}

/** Runs `work` now and to its end, so that nothing comes between its parts; what it throws rejects the promise. */
export function runAtomically<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

/** Adds a line to an account's ledger. There is no function that changes or removes one. */
export function appendEntry(account: Account, entry: Entry): void {
  if (account.entries.has(entry.id)) throw new TypeError('There is an entry of this id.');
  (account.entries as Map<string, Readonly<Entry>>).set(entry.id, Object.freeze(entry));
}

/** What is set aside in an account's open holds. */
export function heldCredits(account: Account): number {
  let held = 0;
  for (const id of account.openHolds) held += account.exchanges.get(id)?.exchange.held ?? 0;
  return held;
}

/** A copy that its reader may change without changing what is kept. */
export function copyOf<Kept extends { createdAt: Date }>(kept: Readonly<Kept>): Kept {
  return { ...kept, createdAt: new Date(kept.createdAt) };
}

/** One page of what is kept, newest first. */
export function pageOfStored<Kept extends { id: string; createdAt: Date }>(
  kept: Iterable<Readonly<Kept>>,
  { limit, before }: PageRequest,
): Page<Kept> {
  const older = [...kept].filter(({ id }) => before === null || id < before);
  older.sort((left, right) => (left.id < right.id ? 1 : -1));
  return pageOf(older.slice(0, limit + 1).map(copyOf), limit);
}
