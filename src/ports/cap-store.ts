import type { Cap, CapSetter, CapState, StoredCap } from '../domain/metering/cap.js';
import type { WalletRules } from '../domain/metering/wallet-rules.js';

/** The rules that decide which caps apply, and when their windows begin and end. */
export type CapRules = Pick<WalletRules, 'defaultCaps' | 'timeZone'>;

/** A cap to set. If its setter has one for the same subject and window, it replaces the limit of that one. */
export type NewCap = Omit<Cap, 'id' | 'setBy' | 'createdAt'> & {
  id: string;
  userId: string;
  setBy: Exclude<CapSetter, 'default'>;
  /** How many caps of this setter the account can have at most. */
  maxCaps: number;
};

/** The result of `set`. `changed`: an earlier cap with the same setter, subject and window has the new limit. */
export type SetCapOutcome =
  | { outcome: 'created'; cap: StoredCap }
  | { outcome: 'changed'; cap: StoredCap }
  /** Nothing changed: the account has no such API key. */
  | { outcome: 'no_such_key' }
  | { outcome: 'too_many' }
  /** Nothing changed: there is no such account, or it was erased. */
  | { outcome: 'no_such_user' };

/** The caps of accounts. The ledger of holds applies them; a cap ends with its API key and with its account. */
export interface CapStore {
  /**
   * Returns the caps of an account, oldest first, and the defaults that apply to it, each with what is spent in its current
   * window by the store's own clock. Null if there is no such account, or it was erased.
   */
  states(userId: string, rules: CapRules): Promise<CapState[] | null>;
  /** Atomic: sets a cap, which every hold observes that is made afterwards. What was spent before in its window counts. */
  set(cap: NewCap): Promise<SetCapOutcome>;
  /** Atomic: removes a cap, if `setBy` is null or its setter. Returns the cap, or why it was not removed. */
  remove(
    cap: { userId: string; capId: string },
    setBy: CapSetter | null,
  ): Promise<'removed' | 'missing' | 'set_by_other'>;
}
