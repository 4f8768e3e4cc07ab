import type { ApiKey } from '../domain/auth/api-key.js';
import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { Caller } from '../domain/auth/caller.js';

/** The new key, or why it was not created. `session_ended`: the session has ended, or its account no longer exists. */
export type CreateKeyOutcome =
  | { outcome: 'created'; key: ApiKey }
  | { outcome: 'too_many' }
  | { outcome: 'session_ended' };

/** API keys. Stores only the digests of their secrets. */
export interface ApiKeyStore {
  /**
   * Atomic: creates the key if the session `sessionId` of its account still exists and the account has fewer than `maxKeys`.
   * An operation that ends that session and removes the account's keys also prevents or removes a key that the session creates
   * at the same time.
   */
  create(key: {
    id: string;
    sessionId: string;
    authToken: AuthTokenReference;
    name: string;
    lastCharacters: string;
    expiresAt: Date | null;
    /** The names of the models that it may use; null for all of them. */
    models: readonly string[] | null;
    maxKeys: number;
  }): Promise<CreateKeyOutcome>;
  /** Returns the account's keys, including expired ones, newest first. */
  keys(userId: string): Promise<ApiKey[]>;
  /** Removes a key; the next call of `findCaller` does not find it. Returns false if there was none. */
  remove(userId: string, keyId: string): Promise<boolean>;
  /** Removes all keys of the account; the next call of `findCaller` does not find them. Returns how many. */
  removeAll(userId: string): Promise<number>;
  /** Returns the caller if the key exists, is not expired and its account is active; otherwise null. Records the use. */
  findCaller(authToken: AuthTokenReference): Promise<Caller | null>;
}
