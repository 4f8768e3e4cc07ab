import type { ApiKey } from '../domain/auth/api-key.js';
import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { Caller } from '../domain/auth/caller.js';

/** The keys of programs. Knows digests only. */
export interface ApiKeyStore {
  /** Atomic: the key exists, unless the account has `maxKeys` already; then null. */
  create(key: {
    id: string;
    authToken: AuthTokenReference;
    name: string;
    lastCharacters: string;
    expiresAt: Date | null;
    maxKeys: number;
  }): Promise<ApiKey | null>;
  /** The account's keys, expired ones too, newest first. */
  keys(userId: string): Promise<ApiKey[]>;
  /** Ends a key, from the next call on. False when there was none. */
  remove(userId: string, keyId: string): Promise<boolean>;
  /** The caller, when the key is known and unexpired and its account active; else null. Notes that it was used. */
  findCaller(authToken: AuthTokenReference): Promise<Caller | null>;
}
