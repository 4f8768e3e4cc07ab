import type { WindowLength } from './window.js';

/** A cap that applies to every account for which no administrator has set another one for the same window. */
export interface DefaultCap {
  window: WindowLength;
  /** Credits. */
  limit: number;
}

/** A limit on what may be spent in a window, whatever the balance. */
export interface Cap {
  /** UUIDv7; null for a default. */
  id: string | null;
  scope: 'account' | 'key' | 'model';
  /** The API key; null unless the scope is `key`. */
  keyId: string | null;
  /** The model that is requested; null unless the scope is `model`. */
  model: string | null;
  window: WindowLength;
  /** Credits. */
  limit: number;
  setBy: 'administrator' | 'account' | 'default';
  /** Null for a default. */
  createdAt: Date | null;
}

/** A cap in one of its windows. */
export interface CapState {
  cap: Cap;
  /** Credits charged and held in the window. */
  spent: number;
  /** Credits that may still be spent, never below 0. */
  left: number;
  /** When the window ends; null if it never does. */
  endsAt: Date | null;
}
