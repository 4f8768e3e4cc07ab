import { firstPasswordVersion } from '../../domain/users/user.js';
import type { AccountImporter, ImportAccountOutcome, ImportedAccount } from '../../ports/account-importer.js';
import { chatAction } from '../../domain/metering/hold.js';
import type { Clock } from '../../ports/clock.js';
import { hasImportedDigest } from './auth-token-store.js';
import { openAccount } from './open-account.js';
import type { Account, StoredExchange } from './account-state.js';
import { runAtomically, type MemoryState, type StoredSession } from './state.js';

/** Imports accounts of another system into memory. */
export function memoryAccountImporter(state: MemoryState, clock: Pick<Clock, 'now'>): AccountImporter {
  return {
    hasImported: (sourceDigest) => runAtomically(() => state.importedSources.has(sourceDigest)),
    importAccount: (account) => runAtomically(() => importAccount(state, clock.now(), account)),
  };
}

/** Builds everything before it stores anything, so that a failed import changes nothing. */
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
  if (state.users.has(id)) throw new TypeError('An account with this id already exists.');
  const account = accountOf(state, imported, now);
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

function accountOf(
  state: MemoryState,
  { user, openingGrant, exchanges }: ImportedAccount,
  createdAt: Date,
): Account {
  const grant = { ...openingGrant, reason: 'Imported balance', createdAt };
  const stored = exchanges.map((exchange) => storedExchange(user.id, exchange));
  const account = openAccount(state, user.id, grant, stored);
  if (account.exchanges.size < exchanges.length) throw new TypeError('Two exchanges have the same id.');
  return account;
}

function storedExchange(
  userId: string,
  { id, message, reply, createdAt }: ImportedAccount['exchanges'][number],
): StoredExchange {
  const exchange = Object.freeze({
    id,
    userId,
    action: chatAction,
    keyId: null,
    conversationId: null,
    beginsConversation: false,
    afterId: null,
    model: 'imported',
    repliedBy: null,
    message,
    reply,
    toolCalls: null,
    attachments: null,
    replyParts: null,
    failure: null,
    failedModels: null,
    finishReason: null,
    stopSequence: null,
    status: 'imported' as const,
    price: null,
    held: 0,
    holdState: 'none' as const,
    captured: null,
    taken: 0,
    uncollected: 0,
    units: null,
    details: null,
    balanceAfter: null,
    usage: null,
    requestFingerprint: null,
    endKey: null,
    isErased: false,
    createdAt: new Date(createdAt),
  });
  const endedAt = new Date(createdAt);
  return Object.freeze({ exchange, attachments: null, deadlineMs: 0, idempotencyKey: null, endedAt });
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
    return [
      sessionId,
      { provedAtMs: null, session: Object.freeze(session), authTokens: new Map([[digest, stored]]) },
    ];
  });
  return new Map(sessions);
}
