import type { AuthTokenReference, OneTimeKind } from '../../domain/auth/auth-token.js';
import type { Addressee } from '../../domain/mails/compose-mail.js';
import type { Clock } from '../../ports/clock.js';
import type { OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import { deletePending, pendingChange, markEffective } from './email-change-store.js';
import {
  runAtomically,
  removeKeys,
  withPassword,
  type MemoryState,
  type StoredOneTimeToken,
  type StoredUser,
} from './state.js';
import { replaceUser } from './replace-user.js';

interface Address {
  email: string | null;
  emailKey: string | null;
}

/** One-time auth tokens in memory. */
export function memoryOneTimeTokenStore(state: MemoryState, clock: Pick<Clock, 'now'>): OneTimeTokenStore {
  const nowMs = () => clock.now().getTime();
  const issue = (
    userId: string,
    kind: OneTimeKind,
    { email, emailKey, digest, ttlMs }: { digest: string; ttlMs: number } & Address,
  ): Addressee | null => {
    const user = state.users.get(userId)?.user;
    if (user?.status !== 'active' || emailKey === null || email === null) return null;
    const issued = state.oneTimeTokens.get(userId) ?? new Map<OneTimeKind, StoredOneTimeToken>();
    issued.set(kind, { digest, emailKey, expiresAtMs: nowMs() + ttlMs });
    state.oneTimeTokens.set(userId, issued);
    return { userId, username: user.username, email };
  };
  /** The current email of an account, with its key. */
  const currentEmail = (userId: string): Address => {
    const stored = state.users.get(userId);
    return { email: stored?.user.email ?? null, emailKey: stored?.emailKey ?? null };
  };
  const findOwner = (
    kind: OneTimeKind,
    presented: AuthTokenReference,
    { emailKey }: Pick<Address, 'emailKey'> = currentEmail(presented.userId),
  ): StoredUser | null => {
    const stored = state.users.get(presented.userId);
    const issued = state.oneTimeTokens.get(presented.userId)?.get(kind);
    const works =
      presented.kind === kind &&
      issued?.digest === presented.digest &&
      issued.expiresAtMs > nowMs() &&
      issued.emailKey === emailKey &&
      stored?.user.status === 'active';
    return works ? stored : null;
  };
  const consume = (
    kind: OneTimeKind,
    presented: AuthTokenReference,
    change: (owner: StoredUser) => StoredUser,
  ) => {
    const owner = findOwner(kind, presented);
    if (owner === null) return false;
    state.oneTimeTokens.get(presented.userId)?.delete(kind);
    state.users.set(presented.userId, Object.freeze(change(owner)));
    return true;
  };
  return {
    issueConfirmation: ({ userId, digest, ttlMs }) =>
      runAtomically(() => {
        const pending = pendingChange(state, userId);
        if (pending === undefined && state.users.get(userId)?.user.emailVerified) return null;
        const { email, emailKey } = pending ?? currentEmail(userId);
        return issue(userId, 'email_confirmation', { email, emailKey, digest, ttlMs });
      }),
    issueReset: ({ emailKey, digest, ttlMs }) =>
      runAtomically(() => {
        const userId = state.userIdsByName.email.get(emailKey);
        if (userId === undefined) return null;
        return issue(userId, 'password_reset', { ...currentEmail(userId), digest, ttlMs });
      }),
    findResetOwner: (presented) =>
      runAtomically(() => {
        const owner = findOwner('password_reset', presented);
        return owner === null ? null : { username: owner.user.username, email: owner.user.email };
      }),
    confirmEmail: (presented, { cancellableMs }) =>
      runAtomically(() => {
        const isVerified = consume('email_confirmation', presented, (owner) => ({
          ...owner,
          user: Object.freeze({ ...owner.user, emailVerified: true }),
        }));
        if (isVerified) return 'verified';
        const { userId } = presented;
        const pending = pendingChange(state, userId);
        const owner = pending === undefined ? null : findOwner('email_confirmation', presented, pending);
        if (owner === null || pending?.emailKey == null) return 'invalid';
        if (state.userIdsByName.email.has(pending.emailKey)) return 'email_taken';
        state.oneTimeTokens.get(userId)?.delete('email_confirmation');
        const user = Object.freeze({ ...owner.user, email: pending.email, emailVerified: true });
        replaceUser(state, owner, { ...owner, user, emailKey: pending.emailKey });
        markEffective(state, userId, pending, { now: clock.now(), cancellableMs });
        return 'changed';
      }),
    resetPassword: (presented, passwordHash) =>
      runAtomically(() => {
        const consumed = consume('password_reset', presented, (owner) => ({
          ...withPassword(owner, passwordHash),
          user: Object.freeze({ ...owner.user, emailVerified: true }),
        }));
        if (!consumed) return null;
        state.sessions.get(presented.userId)?.clear();
        deletePending(state, presented.userId);
        return { removedKeys: removeKeys(state, presented.userId) };
      }),
    purgeExpired: () => runAtomically(() => purgeExpired(state, nowMs())),
  };
}

function purgeExpired(state: MemoryState, nowMs: number): number {
  let purged = 0;
  for (const issued of state.oneTimeTokens.values()) {
    for (const [kind, { expiresAtMs }] of issued) {
      if (expiresAtMs <= nowMs && issued.delete(kind)) purged += 1;
    }
  }
  return purged;
}
