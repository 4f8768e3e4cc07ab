import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { expect } from 'expect';
import type { AuthTokenPair } from '../domain/auth/session.js';
import { isSound } from '../domain/ledger/invariants.js';
import { noWalletRules } from '../domain/metering/wallet-rules.js';
import type { ExchangeReference, ReserveRequest, Settlement, SpendRequest } from '../ports/hold-ledger.js';
import type { NewUser, RequestedEmail } from '../ports/user-store.js';
import type { Stores } from '../ports/stores.js';

export { newId };

/** Ids for the entries that a ledger creates. */
export const entryIds = { next: () => newId() };

/** Returns a digest that is used nowhere else. */
export function newDigest(): string {
  return createHash('sha256').update(newId()).digest('hex');
}

/** Longer than every test. */
export const leaseMs = 60 * 60 * 1000;

/** Returns an account with names of its own. */
export function newUser(credits: number, overrides: Partial<NewUser> = {}): NewUser {
  const id = newId();
  return {
    id,
    username: `User_${id}`,
    usernameKey: `user_${id}`,
    email: null,
    emailKey: null,
    passwordHash: `hash of ${id}`,
    role: 'user',
    openingGrant: { entryId: newId(), amount: credits },
    ...overrides,
  };
}

/** Erases an account, and runs `work` again and again in parallel until the account is erased, and once more. */
export async function whileErasing(
  stores: Stores,
  userId: string,
  work: () => Promise<unknown>,
): Promise<void> {
  let isErased = false;
  const erasing = stores.userStore.erase(userId).finally(() => {
    isErased = true;
  });
  const working = Array.from({ length: 4 }, async () => {
    while (!isErased) await work();
    await work();
  });
  const [outcome] = await Promise.all([erasing, ...working]);
  expect(outcome).toBe('erased');
}

/** Creates an account; returns its id. */
export async function createAccount(stores: Stores, credits: number): Promise<string> {
  const user = newUser(credits);
  const created = await stores.userStore.create(user);
  expect(created.outcome).toBe('created');
  return user.id;
}

/** Returns a change of a password that ends every session and removes every key. */
export function newPassword(userId: string) {
  return { userId, passwordVersion: null, passwordHash: 'new', keptSessionId: null, keepsKeys: false };
}

/** Returns an email to request for an account; null for none. */
export function wantedEmail(email: string | null): RequestedEmail {
  return {
    changeId: newId(),
    address: email === null ? null : { email, emailKey: email.toLowerCase() },
    cancelDigest: newDigest(),
    cancellableMs: leaseMs,
  };
}

/** Requests another email as the account's owner; `cancellation` is the auth token that the former address gets. */
export async function requestEmail(stores: Stores, userId: string, email: string | null) {
  const wanted = wantedEmail(email);
  const { outcome } = await stores.userStore.changeProfile({ userId, email: wanted });
  const cancellation = { kind: 'email_cancellation', userId, digest: wanted.cancelDigest } as const;
  return { outcome, cancellation };
}

/** Issues a confirmation of an account's unconfirmed email. */
export async function issueConfirmation(stores: Stores, userId: string) {
  const digest = newDigest();
  const addressee = await stores.oneTimeTokenStore.issueConfirmation({ userId, digest, ttlMs: leaseMs });
  return { addressee, confirmation: { kind: 'email_confirmation', userId, digest } as const };
}

/** Confirms an account's unconfirmed email; returns the outcome. */
export async function confirmEmail(stores: Stores, userId: string) {
  const { confirmation } = await issueConfirmation(stores, userId);
  return stores.oneTimeTokenStore.confirmEmail(confirmation, { cancellableMs: leaseMs });
}

/** Returns a pair of auth tokens that is used nowhere else. */
export function newPair(userId: string, overrides: Partial<AuthTokenPair> = {}): AuthTokenPair {
  return {
    id: newId(),
    access: { kind: 'access', userId, digest: newDigest() },
    accessTtlMs: leaseMs,
    refresh: { kind: 'refresh', userId, digest: newDigest() },
    refreshTtlMs: leaseMs,
    ...overrides,
  };
}

/** Opens a session by the password with this version; `opened` is null if it was not opened. */
export async function openSession(stores: Stores, userId: string, passwordVersion = 1) {
  const sessionId = newId();
  const pair = newPair(userId);
  const session = { userId, passwordVersion, sessionId, pair, isProof: true, userAgent: 'agent' };
  const opened = await stores.authTokenStore.openSession(session);
  return { sessionId, access: pair.access, opened };
}

/** Creates an API key from a session of the account; `key` is null if it was not created. */
export async function createKey(
  stores: Stores,
  { userId, sessionId }: { userId: string; sessionId: string },
  overrides: { name?: string; maxKeys?: number; expiresAt?: Date; models?: string[] } = {},
) {
  const authToken = { kind: 'api_key', userId, digest: newDigest() } as const;
  const created = await stores.apiKeyStore.create({
    ...{ id: newId(), sessionId, authToken, name: 'deploy', lastCharacters: 'wxyz' },
    ...{ expiresAt: null, models: null, maxKeys: 100 },
    ...overrides,
  });
  return { authToken, created, key: created.outcome === 'created' ? created.key : null };
}

type ChatOf<Request extends { chat: object | null }> = NonNullable<Request['chat']>;

/** What differs from the defaults of a chat that is reserved. */
export type ReserveOverrides = Partial<Omit<ReserveRequest, 'chat' | 'action'> & ChatOf<ReserveRequest>>;

/** Returns a message that holds 100 credits, without an idempotency key. */
export function reserveRequest(
  userId: string,
  overrides: ReserveOverrides = {},
): ReserveRequest & { chat: ChatOf<ReserveRequest> } {
  const {
    conversation = null,
    model = 'echo',
    message = 'Hello',
    price = { perMessage: 100 },
    attachments = null,
    ...others
  } = overrides;
  return {
    exchangeId: newId(),
    userId,
    action: 'chat',
    chat: { conversation, model, message, attachments, price },
    keyId: null,
    details: null,
    hold: 100,
    leaseMs,
    idempotencyKey: null,
    requestFingerprint: null,
    rules: noWalletRules,
    ids: entryIds,
    ...others,
  };
}

/** Opens a hold; returns its exchange. */
export async function openHold(
  stores: Stores,
  userId: string,
  overrides: ReserveOverrides = {},
): Promise<ExchangeReference> {
  const request = reserveRequest(userId, overrides);
  const reserved = await stores.holdLedger.reserve(request);
  expect(reserved.outcome).toBe('reserved');
  return { userId, exchangeId: request.exchangeId };
}

/** Returns a hold of 100 credits for an image, without an idempotency key. */
export function holdRequest(userId: string, overrides: Partial<ReserveRequest> = {}): ReserveRequest {
  return { ...reserveRequest(userId), action: 'image.generate', chat: null, ...overrides };
}

/** Opens a hold for an image; returns its reference. */
export async function openActionHold(
  stores: Stores,
  userId: string,
  overrides: Partial<ReserveRequest> = {},
): Promise<ExchangeReference> {
  const request = holdRequest(userId, overrides);
  const reserved = await stores.holdLedger.reserve(request);
  expect(reserved.outcome).toBe('reserved');
  return { userId, exchangeId: request.exchangeId };
}

/** Returns a charge of 10 credits for a document, without an idempotency key. */
export function spendRequest(userId: string, overrides: Partial<SpendRequest> = {}): SpendRequest {
  return {
    ...{ exchangeId: newId(), entryId: newId(), userId, action: 'export.pdf', amount: 10, units: null },
    ...{ keyId: null, details: null, idempotencyKey: null, requestFingerprint: null, rules: noWalletRules },
    ...overrides,
  };
}

/** Returns a settlement of another action than a chat. */
export function actionSettlementOf(exchange: ExchangeReference, capture: number): Settlement {
  return { ...settlementOf(exchange, capture), chat: null };
}

/** Returns a settlement that charges `capture` and completes the exchange. */
export function settlementOf(
  exchange: ExchangeReference,
  capture: number,
  chat: Partial<ChatOf<Settlement>> = {},
): Settlement & { chat: ChatOf<Settlement> } {
  return {
    exchange,
    entryId: newId(),
    capture,
    units: null,
    details: null,
    endKey: null,
    rules: noWalletRules,
    chat: {
      status: 'completed',
      reply: 'Hello back',
      toolCalls: null,
      finishReason: 'stop',
      repliedBy: 'echo',
      usage: { input: 3, cachedInput: 2, cacheWrite: 1, output: 5, reasoning: 4 },
      ...chat,
    },
  };
}

/** Returns a release after a failure of the provider. */
export function releaseOf(exchange: ExchangeReference) {
  return { exchange, status: 'failed', failure: 'provider_failed' } as const;
}

/** Returns every entry of an account, newest first. */
export async function allEntries(stores: Stores, userId: string) {
  return allPages((before) => stores.creditLedger.entries(userId, { limit: 100, before }));
}

/** Returns every exchange of an account, newest first. */
export async function allExchanges(stores: Stores, userId: string) {
  return allPages((before) => stores.holdLedger.exchanges(userId, { limit: 100, before }));
}

async function allPages<Item>(
  readPage: (before: string | null) => Promise<{ results: Item[]; next: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let before: string | null = null;
  do {
    const page = await readPage(before);
    items.push(...page.results);
    before = page.next;
  } while (before !== null);
  return items;
}

/** Runs `work` so many times in parallel; returns how often each outcome occurred. */
export async function countOutcomes(
  times: number,
  work: (index: number) => Promise<{ outcome: string }>,
): Promise<Record<string, number>> {
  const outcomes = await Promise.all(Array.from({ length: times }, (_, index) => work(index)));
  const counts: Record<string, number> = {};
  for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Expects that every invariant holds. */
export async function expectSound(stores: Stores): Promise<void> {
  const report = await stores.ledgerAudit.inspect();
  if (!isSound(report)) throw new Error(`Broken: ${JSON.stringify(report.broken)}`);
}

/** Texts that a store could change by mistake. */
export const delicateTexts = [
  'plain',
  ' leading and trailing ',
  '😀 👩‍👩‍👧‍👦 𝒜 astral',
  'e\u0301 combining, \u00e9 composed',
  `'single' "double" \`back\` '' "" $1 $$ %s :name ?`,
  'back\\slash \\n \\u0000 \\x00',
  'مرحبا שלום \u202eright to left\u202c',
  'line\nfeed\r\nreturn\ttab\u2028separator\u0085',
  '\u0001\u001b\u007f\u009f\u200b\ufffe\uffff inside\ufeff',
  '{"json": [null]} <b>&amp;</b> -- /* */ ; drop table users',
];
