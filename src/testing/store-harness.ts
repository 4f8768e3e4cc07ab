import type { Stores } from '../ports/stores.js';

/** What a contract needs of an adapter. The data may hold accounts of other contracts. */
export interface StoreHarness {
  stores: Stores;
  /** Makes everything that is stored `ms` older. */
  advance(ms: number): Promise<void>;
  /** Disables an account, as an administrator would. */
  disable(userId: string): Promise<void>;
  /** Leaves nobody who administers. */
  dismissAdmins(): Promise<void>;
  /** Removes what it opened. */
  close(): Promise<void>;
}

/** Opens stores that nobody else uses. */
export type OpenStoreHarness = () => Promise<StoreHarness>;
