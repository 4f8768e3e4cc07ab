import { v7 } from 'uuid';
import type { ImportedAccount } from '../../ports/account-importer.js';
import { leaseMs, newDigest, newId } from '../accounts.js';

export const joinedAt = new Date('2021-02-03T04:05:06.789Z');

/** Returns an account with names and a source digest of its own. */
export function importedAccount(overrides: Partial<ImportedAccount> = {}): ImportedAccount {
  const id = newId();
  return {
    sourceDigest: newDigest(),
    user: {
      id,
      username: `User_${id}`,
      usernameKey: `user_${id}`,
      email: `${id}@Example.org`,
      emailKey: `${id}@example.org`,
      passwordHash: `hash of ${id}`,
      role: 'user',
      status: 'active',
      createdAt: joinedAt,
    },
    openingGrant: { entryId: newId(), amount: 3800 },
    exchanges: [importedExchange(1), importedExchange(2)],
    authTokens: [importedAuthToken()],
    accessTtlMs: leaseMs,
    ...overrides,
  };
}

/** Returns an access token, by its digest, with a session of its own. */
export function importedAuthToken(digest = newDigest()) {
  return { sessionId: newId(), pairId: newId(), digest, createdAt: joinedAt };
}

/** Returns the digest of the first access token of an account. */
export function digestOf(account: ImportedAccount): string {
  return account.authTokens[0]?.digest ?? '';
}

/** Returns the exchange of that second of 2022. */
export function importedExchange(
  second: number,
  overrides: Partial<ImportedAccount['exchanges'][number]> = {},
) {
  const createdAt = new Date(Date.UTC(2022, 0, 1, 0, 0, second));
  const id = v7({ msecs: createdAt.getTime() });
  return { id, message: `Message ${second}`, reply: `Reply ${second}`, createdAt, ...overrides };
}
