import type { Passkey } from '../domain/factors/factor.js';
import type { RemoveFactorOutcome } from './factor-store.js';

/** What a passkey is verified with. */
export interface PasskeyCredential {
  /** In base64url, at most 1,400 characters. */
  credentialId: string;
  /** COSE, in base64url. */
  publicKey: string;
  /** Increases with each use; 0 for ever if the authenticator does not count. */
  counter: number;
  /** How the authenticator can be reached, such as `internal` or `usb`; in its own words. */
  transports: readonly string[];
}

/** A passkey, and what it is verified with. */
export interface StoredPasskey extends PasskeyCredential {
  passkey: Passkey;
}

/** A new passkey. */
export interface NewPasskey extends PasskeyCredential {
  userId: string;
  id: string;
  name: string;
  isBackedUp: boolean;
  /** Nothing is stored if the account has this many. */
  maxPasskeys: number;
  /** The recovery codes of an account that had no factor; ignored if it had one. */
  recoveryDigests: readonly string[];
  /** True if nothing is to be stored for an account that has a factor, even one that is added in parallel. */
  mustBeFirst: boolean;
}

/**
 * `isFirst`: it is the only factor of the account, and the recovery codes are stored. `exists`: the account has this passkey.
 * `missing`: there is no such active account. `not_first`: the account has a factor, and the passkey must be its first.
 */
export type AddPasskeyOutcome =
  | { outcome: 'added'; isFirst: boolean; passkey: Passkey }
  | { outcome: 'too_many' | 'exists' | 'missing' | 'not_first' };

/** The passkeys of accounts. An account that is erased has none. */
export interface PasskeyStore {
  /** Returns every passkey of an account, oldest first, with what it is verified with. */
  passkeys(userId: string): Promise<StoredPasskey[]>;
  /**
   * Atomic: stores a passkey, and the recovery codes if it is the first factor of the account. Parallel calls store no more
   * than `maxPasskeys`, and the recovery codes of one of them.
   */
  add(passkey: NewPasskey): Promise<AddPasskeyOutcome>;
  /** Returns the passkey with its new name; null if there is none. */
  rename(renaming: { userId: string; id: string; name: string }): Promise<Passkey | null>;
  /**
   * Atomic: records a use with the counter that the authenticator sent. Returns false, and changes nothing, if the counter is
   * not higher than the stored one, unless both are 0: then the authenticator was cloned. Of any number of parallel calls with
   * one counter above 0, one returns true.
   */
  use(use: { userId: string; id: string; counter: number; isBackedUp: boolean }): Promise<boolean>;
  /** Atomic: removes a passkey; with the last factor, the recovery codes. `keepsOne`: as `FactorStore.removeTotp`. */
  remove(removal: { userId: string; id: string; keepsOne: boolean }): Promise<RemoveFactorOutcome>;
}
