/** A network from which the owner of an account signed in. */
export interface KnownNetwork {
  userId: string;
  /** SHA-256 in hexadecimal of the account and the network together: the network itself is not stored. */
  digest: string;
}

/** The networks from which users have signed in to their accounts. */
export interface KnownNetworkStore {
  /**
   * Stores a network, or that it was used again (to the hour). Deletes all networks of the account but the `max` last used
   * ones; after parallel calls, a few more may stay until the next call. Does nothing if the account does not exist.
   */
  remember(network: KnownNetwork, max: number): Promise<void>;
  /** Returns true if this network of the account was used within the last `maxAgeMs` milliseconds. */
  isKnown(network: KnownNetwork, maxAgeMs: number): Promise<boolean>;
  /** Deletes networks that were not used within the last `maxAgeMs` milliseconds. Returns how many. */
  purgeUnused(maxAgeMs: number): Promise<number>;
}
