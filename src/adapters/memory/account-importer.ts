import { maxCredits } from '../../domain/ledger/entry.js';
import { firstPasswordVersion } from '../../domain/users/user.js';
import type { AccountImporter, ImportAccountOutcome, ImportedAccount } from '../../ports/account-importer.js';
import type { Clock } from '../../ports/clock.js';
import { hasImportedDigest } from './auth-token-store.js';
import {
  appendEntry,
  runAtomically,
  type Account,
  type MemoryState,
  type StoredExchange,
  type StoredSession,
} from './state.js';

/** Takes accounts of another system into memory. */
export function memoryAccountImporter(state: MemoryState, clock: Pick<Clock, 'now'>): AccountImporter {
  return {
    hasImported: (sourceDigest) => runAtomically(() => state.importedSources.has(sourceDigest)),
    importAccount: (account) => runAtomically(() => importAccount(state, clock.now(), account)),
  };
}

/** Makes everything before it keeps anything, so that what cannot be made leaves nothing behind. */
function importAccount(state: MemoryState, now: Date, imported: ImportedAccount): ImportAccountOutcome {
  const { sourceDigest, authTokens } = imported;
  const { id, usernameKey, emailKey, passwordHash, createdAt, ...named } = imported.user;
  const { username: idsByUsername, email: idsByEmail } = state.userIdsByName;
  if (state.importedSources.has(sourceDigest)) return 'already_imported';
  if (idsByUsername.has(usernameKey)) return 'username_taken';
  if (emailKey !== null && idsByEmail.has(emailKey)) return 'email_taken';
  const digests = new Set(authTokens.map(({ digest }) => digest));
  const isShared = [...digests].some((digest) => hasImportedDigest(state, digest));
  if (isShared || digests.size < authTokens.length) return 'auth_token_taken';
  if (state.users.has(id)) throw new TypeError('There is an account of this id.');
  const account = accountOf(imported, now);
  const sessions = sessionsOf(imported, now);

  const user = Object.freeze({
    ...named,
    id,
    emailVerified: false,
    createdAt: createdAt === null ? now : new Date(createdAt),
  });
  const names = { usernameKey, emailKey };
  const passwordVersion = firstPasswordVersion;
  state.users.set(id, Object.freeze({ user, ...names, passwordHash, passwordVersion }));
  state.accounts.set(id, account);
  state.sessions.set(id, sessions);
  for (const digest of digests) state.userIdsByImportedDigest.set(digest, id);
  idsByUsername.set(usernameKey, id);
  if (emailKey !== null) idsByEmail.set(emailKey, id);
  state.importedSources.add(sourceDigest);
  return 'imported';
}

function accountOf({ user, openingGrant, exchanges }: ImportedAccount, createdAt: Date): Account {
  const { entryId, amount } = openingGrant;
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new TypeError(`An opening grant is a whole number between 0 and ${maxCredits}.`);
  }
  const account: Account = {
    balance: amount,
    isClosed: false,
    entries: new Map(),
    exchanges: new Map(exchanges.map((exchange) => [exchange.id, storedExchange(user.id, exchange)])),
    conversations: new Map(),
    claims: new Map(),
    entryClaims: new Map(),
    openHolds: new Set(),
  };
  if (account.exchanges.size < exchanges.length) throw new TypeError('Two exchanges have one id.');
  if (amount > 0) {
    const reason = 'Imported balance';
    const grant = { id: entryId, userId: user.id, kind: 'grant', amount, balanceAfter: amount } as const;
    appendEntry(account, { ...grant, exchangeId: null, reason, createdAt });
  }
  return account;
}

function storedExchange(
  userId: string,
  { id, message, reply, createdAt }: ImportedAccount['exchanges'][number],
): StoredExchange {
  const exchange = Object.freeze({
    id,
    userId,
    conversationId: null,
    beginsConversation: false,
    model: 'imported',
    repliedBy: null,
    message,
    reply,
    toolCalls: null,
    finishReason: null,
    status: 'imported' as const,
    price: null,
    held: 0,
    holdState: 'none' as const,
    captured: null,
    balanceAfter: null,
    usage: null,
    requestFingerprint: null,
    isErased: false,
    createdAt: new Date(createdAt),
  });
  const endedAt = new Date(createdAt);
  return Object.freeze({ exchange, deadlineMs: 0, idempotencyKey: null, failure: null, endedAt });
}

function sessionsOf(
  { user, authTokens, accessTtlMs }: ImportedAccount,
  now: Date,
): Map<string, StoredSession> {
  const sessions = authTokens.map(({ sessionId, pairId, digest, createdAt }): [string, StoredSession] => {
    const session = {
      id: sessionId,
      createdAt: new Date(createdAt ?? now),
      lastUsedAt: now,
      userAgent: null,
    };
    const reference = Object.freeze({ kind: 'access' as const, userId: user.id, digest });
    const expiresAtMs = now.getTime() + accessTtlMs;
    const stored = { reference, pairId, expiresAtMs, consumedAtMs: null };
    return [sessionId, { session: Object.freeze(session), authTokens: new Map([[digest, stored]]) }];
  });
  return new Map(sessions);
}
