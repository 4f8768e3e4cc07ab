import type { AuditEvent } from '../../domain/audit/audit-event.js';
import type { ApiKey } from '../../domain/auth/api-key.js';
import type { AuthTokenReference, OneTimeKind } from '../../domain/auth/auth-token.js';
import type { ServiceKey } from '../../domain/auth/service-key.js';
import type { Session } from '../../domain/auth/session.js';
import type { Attachment } from '../../domain/chat/attachment.js';
import type { Conversation } from '../../domain/chat/conversation.js';
import type { Exchange } from '../../domain/chat/exchange.js';
import type { Alert } from '../../domain/events/low-balance.js';
import type { Identity } from '../../domain/identities/identity.js';
import type { Entry } from '../../domain/ledger/entry.js';
import type { Allowance } from '../../domain/metering/allowance.js';
import type { StoredCap } from '../../domain/metering/cap.js';
import type { Lot } from '../../domain/metering/lot.js';
import type { LotUse } from '../../domain/metering/update-lots.js';
import type { Window } from '../../domain/metering/window.js';
import type { SeenFact } from '../../domain/orders/fact-rules.js';
import type { Order } from '../../domain/orders/order.js';
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
import type { PaymentFact } from '../../ports/payments.js';

/** A stored user with its lookup keys and password hash. */
export interface StoredUser {
  user: Readonly<User>;
  usernameKey: string;
  emailKey: string | null;
  passwordHash: string;
  passwordVersion: number;
}

/** A stored exchange. It is frozen: a change replaces it. */
export interface StoredExchange {
  exchange: Readonly<Exchange>;
  attachments: readonly Attachment[] | null;
  deadlineMs: number;
  idempotencyKey: string | null;
  isStopRequested?: boolean;
  endedAt: Date | null;
}

/** A stored conversation with the id of its newest exchange. It is frozen: a change replaces it. */
export interface StoredConversation {
  conversation: Readonly<Conversation>;
  lastExchangeId: string;
}

/** What was charged and is held in a window: for the account, one of its API keys or a model. */
export interface CapCounter {
  keyId: string | null;
  model: string | null;
  window: Window;
  counted: number;
}

/** An order with its idempotency key, and the facts about it. The order is frozen: a change replaces it. */
export interface StoredOrder {
  order: Readonly<Order>;
  idempotencyKey: string | null;
  facts: StoredFact[];
}

/** A fact that was seen: what became of it, and what it moved. */
export interface StoredFact extends SeenFact {
  seenId: string;
  fact: PaymentFact;
  appliedAt: Date;
  entryId: string | null;
  bonusEntryId: string | null;
  credits: number;
  bonusCredits: number;
  taken: number;
  debt: number;
}

/** The balance of one account, with its entries and exchanges. */
export interface Account {
  readonly userId: string;
  balance: number;
  /** True once the user is erased: no further spending or grants. */
  isClosed: boolean;
  /** By id. Append-only, through `appendEntry`. */
  readonly entries: ReadonlyMap<string, Readonly<Entry>>;
  exchanges: Map<string, StoredExchange>;
  conversations: Map<string, StoredConversation>;
  /** Ids of exchanges by idempotency key. */
  claims: Map<string, string>;
  /** By idempotency key: the id of an entry, and of the lot that it named, or null. */
  entryClaims: Map<string, { entryId: string; lotId: string | null }>;
  /** Ids of the exchanges whose hold is open. */
  openHolds: Set<string>;
  /** When something expires or is given next, or null. */
  dueAt: Date | null;
  /** The rule of the default allowance by which `dueAt` was set, or null. */
  allowanceRule: string | null;
  /** By id; empty while all credits are one implicit lot. */
  lots: Map<string, Readonly<Lot>>;
  /** What was left in the lots when they were last brought up to date; null while all credits are one implicit lot. */
  lotsTotal: number | null;
  /** What was left of a lot whenever that was written, oldest first. */
  lotChanges: { lotId: string; at: Date; left: number }[];
  /** By the id of the entry of an expiry: the id of the lot. */
  expiredLots: Map<string, string>;
  /** What open holds may still take from expired lots. */
  lotUses: readonly LotUse[];
  /** Credits that the account owes. */
  debt: number;
  /** The holds that were open when the debt arose, with the lots to take what they give back from first. */
  debtHolds: Map<string, string>;
  /** By id, with what was seen of their payments. */
  orders: Map<string, StoredOrder>;
  /** The allowance of this account, in place of the default; or null. */
  allowance: Readonly<Allowance> | null;
  /** True if holds and charges are counted for caps. */
  hasCaps: boolean;
  /** By id. */
  caps: Map<string, StoredCap>;
  /** What caps have counted, by a name of subject and window. */
  capCounters: Map<string, CapCounter>;
  /** The credits below which its balance is low, in place of the default; or null. */
  lowBalance: number | null;
  /** Which notifications of its falling balance it got. */
  alert: Alert;
  /** The names of the caps for which `cap.reached` was written, with their windows. */
  reachedCaps: Set<string>;
  /** The number of the last event. */
  eventSequence: number;
  /** `MemoryState.events`. */
  readonly outbox: StoredEvent[];
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

/** What only the entry of a charge has. */
export const noCharge = { exchangeId: null, action: null, units: null, details: null } as const;

/** Adds an entry to the ledger of an account. No function changes or removes one. */
export function appendEntry(account: Account, entry: Entry): void {
  if (account.entries.has(entry.id)) throw new TypeError('An entry with this id already exists.');
  (account.entries as Map<string, Readonly<Entry>>).set(entry.id, Object.freeze(entry));
}

/** The sum of the open holds of an account. */
export function heldCredits(account: Account): number {
  let held = 0;
  for (const id of account.openHolds) held += account.exchanges.get(id)?.exchange.held ?? 0;
  return held;
}

/** A copy that the caller may change without changing the stored item. */
export function copyOf<Item extends { createdAt: Date }>(stored: Readonly<Item>): Item {
  return { ...stored, createdAt: new Date(stored.createdAt) };
}

/** One page of stored items, newest first. */
export function pageOfStored<Item extends { id: string; createdAt: Date }>(
  stored: Iterable<Readonly<Item>>,
  { limit, before }: PageRequest,
): Page<Item> {
  const older = [...stored].filter(({ id }) => before === null || id < before);
  older.sort((left, right) => (left.id < right.id ? 1 : -1));
  return pageOf(older.slice(0, limit + 1).map(copyOf), limit);
}
