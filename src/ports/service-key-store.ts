import type { ServiceCaller } from '../domain/auth/caller.js';
import type { ServiceKey, ServiceScope } from '../domain/auth/service-key.js';
import type { ServiceKeyReference } from '../domain/auth/auth-token.js';

/**
 * The new key, or why it was not created. `session_ended`: the session has ended, or its account is not an active
 * administrator any more.
 */
export type CreateServiceKeyOutcome =
  | { outcome: 'created'; key: ServiceKey }
  | { outcome: 'too_many' }
  | { outcome: 'session_ended' };

/** Service keys. Stores only the digests of their secrets. */
export interface ServiceKeyStore {
  /**
   * Atomic: creates the key if there are fewer than `maxKeys`, expired ones included, and, with `createdBy`, that session
   * exists and its account is an active administrator. A key remains when its administrator is dismissed or erased.
   */
  create(key: {
    reference: ServiceKeyReference;
    name: string;
    scopes: readonly ServiceScope[];
    lastCharacters: string;
    /** The administrator who creates it; null for the operator. */
    createdBy: { userId: string; sessionId: string } | null;
    expiresAt: Date | null;
    maxKeys: number;
  }): Promise<CreateServiceKeyOutcome>;
  /** Returns all keys, including expired ones, newest first. */
  keys(): Promise<ServiceKey[]>;
  /** Removes a key; the next call of `findCaller` does not find it. Returns false if there was none. */
  remove(keyId: string): Promise<boolean>;
  /** Returns the caller if the key exists and is not expired; otherwise null. Records the use, to the minute. */
  findCaller(reference: ServiceKeyReference): Promise<ServiceCaller | null>;
}
