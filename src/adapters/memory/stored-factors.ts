import type { MemoryState, StoredFactors } from './state.js';

/** Returns the stored factors of a user, which may be changed; without a user, factors that are not stored. */
export function factorsOf(state: MemoryState, userId: string): StoredFactors {
  const stored = state.factors.get(userId);
  if (stored !== undefined) return stored;
  const none: StoredFactors = { totp: null, passkeys: [], recoveryDigests: new Set() };
  if (state.users.has(userId)) state.factors.set(userId, none);
  return none;
}
