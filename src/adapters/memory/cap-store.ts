import { withDefaultCaps, type StoredCap } from '../../domain/metering/cap.js';
import type { CapStore, NewCap, SetCapOutcome } from '../../ports/cap-store.js';
import type { Clock } from '../../ports/clock.js';
import { countedWindows, stateOf } from './cap-counters.js';
import type { Account } from './account-state.js';
import { copyOf, runAtomically, type MemoryState } from './state.js';

/** Caps in memory. */
export function memoryCapStore(state: MemoryState, clock: Pick<Clock, 'now'>): CapStore {
  const openAccount = (userId: string) => {
    const account = state.accounts.get(userId);
    return account === undefined || account.isClosed ? null : account;
  };
  return {
    states: (userId, { defaultCaps, timeZone }) =>
      runAtomically(() => {
        const account = openAccount(userId);
        if (account === null) return null;
        const stored = [...account.caps.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
        const caps = withDefaultCaps(stored.map(copyOf), defaultCaps);
        return countedWindows(account, caps, { at: clock.now(), timeZone }).map(stateOf);
      }),
    set: (cap) =>
      runAtomically(() => {
        const account = openAccount(cap.userId);
        if (account === null) return { outcome: 'no_such_user' };
        const keys = state.apiKeys.get(cap.userId);
        if (cap.keyId !== null && keys?.has(cap.keyId) !== true) return { outcome: 'no_such_key' };
        return setCap(account, cap, clock.now());
      }),
    remove: ({ userId, capId }, setBy) =>
      runAtomically(() => {
        const account = state.accounts.get(userId);
        const cap = account?.caps.get(capId);
        if (account === undefined || cap === undefined) return 'missing';
        if (setBy !== null && cap.setBy !== setBy) return 'set_by_other';
        account.caps.delete(capId);
        return 'removed';
      }),
  };
}

function setCap(account: Account, newCap: NewCap, createdAt: Date): SetCapOutcome {
  const { id, scope, keyId, model, window, limit, setBy, maxCaps } = newCap;
  const ofSetter = [...account.caps.values()].filter((cap) => cap.setBy === setBy);
  const earlier = ofSetter.find(
    (cap) => cap.scope === scope && cap.window === window && cap.keyId === keyId && cap.model === model,
  );
  if (earlier === undefined && ofSetter.length >= maxCaps) return { outcome: 'too_many' };
  const cap: StoredCap = Object.freeze(
    earlier === undefined
      ? { id, scope, keyId, model, window, limit, setBy, createdAt }
      : { ...earlier, limit },
  );
  account.caps.set(cap.id, cap);
  account.hasCaps = true;
  return { outcome: earlier === undefined ? 'created' : 'changed', cap: copyOf(cap) };
}
