/** A network from which the owner of an account signed in. */
export interface KnownNetwork {
  userId: string;
  /** SHA-256 in hexadecimal of the account and the network together: the network itself is not stored. */
  digest: string;
}

/** The networks from which people sign in to their accounts. */
export interface KnownNetworkStore {
  /**
   * Remembers a network, or that it was used again (to the hour). Forgets all but the `max` networks of the account that were used last;
   * of several that are remembered at once, a few more may stay until the next time. Does nothing if there is no account.
   */
  remember(network: KnownNetwork, max: number): Promise<void>;
  /** Returns true if this network of the account was used within the last `maxAgeMs` milliseconds. */
  isKnown(network: KnownNetwork, maxAgeMs: number): Promise<boolean>;
  /** Forgets what was not used within the last `maxAgeMs` milliseconds. Returns how many networks. */
  purgeUnused(maxAgeMs: number): Promise<number>;
}
