import type { Clock } from '../../ports/clock.js';
import type { PasskeyStore, StoredPasskey } from '../../ports/passkey-store.js';
import { runAtomically, type MemoryState } from './state.js';
import { factorsOf } from './stored-factors.js';

/** Passkeys in memory. */
export function memoryPasskeyStore(state: MemoryState, clock: Pick<Clock, 'now'>): PasskeyStore {
  const indexOf = (userId: string, id: string) =>
    factorsOf(state, userId).passkeys.findIndex(({ passkey }) => passkey.id === id);
  const change = (userId: string, id: string, changed: (stored: StoredPasskey) => StoredPasskey | null) => {
    const { passkeys } = factorsOf(state, userId);
    const index = indexOf(userId, id);
    const stored = passkeys[index];
    const next = stored === undefined ? null : changed(stored);
    if (next !== null) passkeys[index] = next;
    return next;
  };
  return {
    passkeys: (userId) => runAtomically(() => structuredClone(factorsOf(state, userId).passkeys)),
    add: ({ userId, id, name, isBackedUp, maxPasskeys, recoveryDigests, mustBeFirst, ...credential }) =>
      runAtomically(() => {
        const factors = factorsOf(state, userId);
        if (state.users.get(userId)?.user.status !== 'active') return { outcome: 'missing' };
        const { totp, passkeys } = factors;
        const isFirst = passkeys.length === 0 && totp?.confirmedAt == null;
        if (mustBeFirst && !isFirst) return { outcome: 'not_first' };
        if (passkeys.length >= maxPasskeys) return { outcome: 'too_many' };
        if (passkeys.some(({ credentialId }) => credentialId === credential.credentialId)) {
          return { outcome: 'exists' };
        }
        const passkey = { id, name, isBackedUp, createdAt: clock.now(), lastUsedAt: null };
        passkeys.push(structuredClone({ passkey, ...credential }));
        if (isFirst) factors.recoveryDigests = new Set(recoveryDigests);
        return { outcome: 'added', isFirst, passkey };
      }),
    rename: ({ userId, id, name }) =>
      runAtomically(() => {
        const renamed = change(userId, id, (stored) => ({ ...stored, passkey: { ...stored.passkey, name } }));
        return renamed === null ? null : structuredClone(renamed.passkey);
      }),
    use: ({ userId, id, counter, isBackedUp }) =>
      runAtomically(() => {
        const lastUsedAt = clock.now();
        const used = change(userId, id, (stored) =>
          stored.counter < counter || (stored.counter === 0 && counter === 0)
            ? { ...stored, counter, passkey: { ...stored.passkey, isBackedUp, lastUsedAt } }
            : null,
        );
        return used !== null;
      }),
    remove: ({ userId, id, keepsOne }) =>
      runAtomically(() => {
        const factors = factorsOf(state, userId);
        const index = indexOf(userId, id);
        if (index < 0) return 'missing';
        const hasTotp = factors.totp?.confirmedAt != null;
        const isLast = factors.passkeys.length === 1 && !hasTotp;
        if (keepsOne && isLast) return 'last_factor';
        factors.passkeys.splice(index, 1);
        if (isLast) factors.recoveryDigests = new Set();
        return 'removed';
      }),
  };
}
