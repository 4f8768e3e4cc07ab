import type { ApiKey } from '../domain/auth/api-key.js';
import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { Caller } from '../domain/auth/caller.js';

/** The new key, or why there is none. `session_ended`: the session that asked is over, or its account gone. */
export type CreateKeyOutcome =
  { outcome: 'created'; key: ApiKey } | { outcome: 'too_many' } | { outcome: 'session_ended' };

/** The keys of programs. Knows digests only. */
export interface ApiKeyStore {
  /**
   * Atomic: creates the key if the session `sessionId` of its account still exists and the account has fewer than
   * `maxKeys`. Whatever ends that session and removes the account's keys leaves no key that the session creates at
   * the same time.
   */
  create(key: {
    id: string;
    sessionId: string;
    authToken: AuthTokenReference;
    name: string;
    lastCharacters: string;
    expiresAt: Date | null;
    maxKeys: number;
  }): Promise<CreateKeyOutcome>;
  /** The account's keys, expired ones too, newest first. */
  keys(userId: string): Promise<ApiKey[]>;
  /** Ends a key, from the next call on. False when there was none. */
  remove(userId: string, keyId: string): Promise<boolean>;
  /** Ends all keys of the account, from the next call on. Returns how many. */
  removeAll(userId: string): Promise<number>;
  /** The caller, when the key is known and unexpired and its account active; else null. Notes that it was used. */
  findCaller(authToken: AuthTokenReference): Promise<Caller | null>;
}
