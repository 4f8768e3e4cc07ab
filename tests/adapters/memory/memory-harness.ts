import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { emptyState } from '../../../src/adapters/memory/state.js';
import type { ClockedHarness } from '../clocked-harness.js';

/** Stores in memory with a clock that the test controls. */
export function memoryHarness(): Promise<ClockedHarness> {
  const state = emptyState();
  let nowMs = Date.UTC(2030, 0, 1);
  return Promise.resolve({
    stores: memoryStores({ now: () => new Date(nowMs) }, state),
    advance: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
    nowMs: () => nowMs,
    disable: (userId) => {
      const stored = state.users.get(userId);
      if (stored !== undefined) {
        state.users.set(userId, { ...stored, user: { ...stored.user, status: 'disabled' } });
      }
      return Promise.resolve();
    },
    dismissAdmins: () => {
      for (const [userId, stored] of state.users) {
        state.users.set(userId, { ...stored, user: { ...stored.user, role: 'user' } });
      }
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
}
