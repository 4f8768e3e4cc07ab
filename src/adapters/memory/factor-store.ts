import type { Passkey } from '../../domain/factors/factor.js';
import type { Clock } from '../../ports/clock.js';
import type { FactorStore, RemoveFactorOutcome } from '../../ports/factor-store.js';
import { runAtomically, type MemoryState, type StoredFactors } from './state.js';
import { factorsOf } from './stored-factors.js';

/** Second factors in memory. */
export function memoryFactorStore(state: MemoryState, clock: Pick<Clock, 'now'>): FactorStore {
  const stored = (userId: string) => factorsOf(state, userId);
  const pending = (userId: string, sealedSecret: string) => {
    const { totp } = stored(userId);
    return totp?.sealedSecret === sealedSecret ? totp : null;
  };
  return {
    factors: (userId) =>
      runAtomically(() => {
        const { totp, passkeys, recoveryDigests } = stored(userId);
        const createdAt = totp?.confirmedAt ?? null;
        return {
          totp: createdAt === null ? null : { createdAt: new Date(createdAt) },
          passkeys: passkeys.map(({ passkey }) => copyOfPasskey(passkey)),
          recoveryCodesLeft: recoveryDigests.size,
        };
      }),
    startTotp: ({ userId, sealedSecret }) =>
      runAtomically(() => {
        const factors = stored(userId);
        if (state.users.get(userId)?.user.status !== 'active') return false;
        if (factors.totp !== null && factors.totp.confirmedAt !== null) return false;
        factors.totp = { sealedSecret, confirmedAt: null, lastStep: 0 };
        return true;
      }),
    totp: (userId) =>
      runAtomically(() => {
        const { totp } = stored(userId);
        if (totp === null) return null;
        return { sealedSecret: totp.sealedSecret, isConfirmed: totp.confirmedAt !== null };
      }),
    confirmTotp: ({ userId, sealedSecret, step, recoveryDigests, mustBeFirst }) =>
      runAtomically(() => {
        const totp = pending(userId, sealedSecret);
        if (totp?.confirmedAt !== null) return false;
        if (mustBeFirst && countOf(stored(userId)) > 0) return false;
        totp.confirmedAt = clock.now();
        totp.lastStep = step;
        stored(userId).recoveryDigests = new Set(recoveryDigests);
        return true;
      }),
    useTotp: ({ userId, sealedSecret, step }) =>
      runAtomically(() => {
        const totp = pending(userId, sealedSecret);
        if (totp?.confirmedAt == null || totp.lastStep >= step) return false;
        totp.lastStep = step;
        return true;
      }),
    removeTotp: ({ userId, keepsOne }) =>
      runAtomically((): RemoveFactorOutcome => {
        const factors = stored(userId);
        if (factors.totp === null) return 'missing';
        const isLast = factors.totp.confirmedAt !== null && factors.passkeys.length === 0;
        if (keepsOne && isLast) return 'last_factor';
        factors.totp = null;
        if (factors.passkeys.length === 0) factors.recoveryDigests = new Set();
        return 'removed';
      }),
    replaceRecoveryCodes: (userId, digests) =>
      runAtomically(() => {
        const factors = stored(userId);
        if (countOf(factors) === 0) return false;
        factors.recoveryDigests = new Set(digests);
        return true;
      }),
    useRecoveryCode: (userId, digest) => runAtomically(() => stored(userId).recoveryDigests.delete(digest)),
    removeAll: (userId) =>
      runAtomically(() => {
        const count = countOf(stored(userId));
        state.factors.delete(userId);
        return count;
      }),
  };
}

function countOf({ totp, passkeys }: StoredFactors): number {
  return passkeys.length + (totp?.confirmedAt == null ? 0 : 1);
}

/** A copy that the caller may change without changing the stored passkey. */
function copyOfPasskey(passkey: Passkey): Passkey {
  const { createdAt, lastUsedAt } = passkey;
  return {
    ...passkey,
    createdAt: new Date(createdAt),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
  };
}
