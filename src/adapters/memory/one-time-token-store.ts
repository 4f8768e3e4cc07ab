import type { AuthTokenReference, OneTimeKind } from '../../domain/auth/auth-token.js';
import type { Addressee } from '../../domain/users/account-mails.js';
import type { Clock } from '../../ports/clock.js';
import type { OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import {
  atOnce,
  removeKeys,
  withPassword,
  type MemoryState,
  type StoredOneTimeToken,
  type StoredUser,
} from './state.js';

/** One-time auth tokens in memory. */
export function memoryOneTimeTokenStore(state: MemoryState, clock: Pick<Clock, 'now'>): OneTimeTokenStore {
  const nowMs = () => clock.now().getTime();
  const issue = (userId: string | undefined, kind: OneTimeKind, digest: string, ttlMs: number) => {
    const stored = userId === undefined ? undefined : state.users.get(userId);
    if (stored?.user.status !== 'active' || stored.emailKey === null || stored.user.email === null)
      return null;
    const { id, username, email } = stored.user;
    const issued = state.oneTimeTokens.get(id) ?? new Map<OneTimeKind, StoredOneTimeToken>();
    issued.set(kind, { digest, emailKey: stored.emailKey, expiresAtMs: nowMs() + ttlMs });
    state.oneTimeTokens.set(id, issued);
    return { userId: id, username, email } satisfies Addressee;
  };
  const findOwner = (kind: OneTimeKind, presented: AuthTokenReference): StoredUser | null => {
    const stored = state.users.get(presented.userId);
    const issued = state.oneTimeTokens.get(presented.userId)?.get(kind);
    const works =
      presented.kind === kind &&
      issued?.digest === presented.digest &&
      issued.expiresAtMs > nowMs() &&
      issued.emailKey === stored?.emailKey &&
      stored.user.status === 'active';
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
      atOnce(() => {
        if (state.users.get(userId)?.user.emailVerified) return null;
        return issue(userId, 'email_confirmation', digest, ttlMs);
      }),
    issueReset: ({ emailKey, digest, ttlMs }) =>
      atOnce(() => issue(state.userIdsByName.email.get(emailKey), 'password_reset', digest, ttlMs)),
    findResetOwner: (presented) =>
      atOnce(() => {
        const owner = findOwner('password_reset', presented);
        return owner === null ? null : { username: owner.user.username, email: owner.user.email };
      }),
    confirmEmail: (presented) =>
      atOnce(() =>
        consume('email_confirmation', presented, (owner) => ({
          ...owner,
          user: Object.freeze({ ...owner.user, emailVerified: true }),
        })),
      ),
    resetPassword: (presented, passwordHash) =>
      atOnce(() => {
        const consumed = consume('password_reset', presented, (owner) => ({
          ...withPassword(owner, passwordHash),
          user: Object.freeze({ ...owner.user, emailVerified: true }),
        }));
        if (!consumed) return null;
        state.sessions.get(presented.userId)?.clear();
        return { removedKeys: removeKeys(state, presented.userId) };
      }),
    purgeExpired: () => atOnce(() => purgeExpired(state, nowMs())),
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
