import type { EmailChange } from '../../domain/users/email-change.js';
import type { Clock } from '../../ports/clock.js';
import type { CancelEmailOutcome, EmailChangeStore } from '../../ports/email-change-store.js';
import type { RequestedEmail } from '../../ports/user-store.js';
import { runAtomically, type MemoryState, type StoredEmailChange, type StoredUser } from './state.js';
import { replaceUser } from './replace-user.js';

/** Email changes in memory. */
export function memoryEmailChangeStore(state: MemoryState, clock: Pick<Clock, 'now'>): EmailChangeStore {
  return {
    changes: (userId) =>
      runAtomically(() =>
        (state.emailChanges.get(userId) ?? [])
          .filter((change) => !isExpired(change, clock.now()))
          .map(copyOfChange)
          .reverse(),
      ),
    cancel: ({ userId, digest, kind }) =>
      runAtomically(() => {
        const stored = state.users.get(userId);
        const change = state.emailChanges.get(userId)?.find(({ cancelDigest }) => cancelDigest === digest);
        if (stored?.user.status !== 'active' || change === undefined || kind !== 'email_cancellation')
          return { outcome: 'invalid' };
        if (isExpired(change, clock.now())) return { outcome: 'invalid' };
        if (change.tookEffectAt !== null) return restore(state, stored, change);
        deletePending(state, userId);
        return { outcome: 'cancelled' };
      }),
    purgeExpired: () =>
      runAtomically(() => {
        let purged = 0;
        for (const [userId, changes] of state.emailChanges) {
          const remaining = changes.filter((change) => !isExpired(change, clock.now()));
          purged += changes.length - remaining.length;
          state.emailChanges.set(userId, remaining);
        }
        return purged;
      }),
  };
}

/** The pending email change of an account. */
export function pendingChange(state: MemoryState, userId: string): StoredEmailChange | undefined {
  return state.emailChanges.get(userId)?.find(({ tookEffectAt }) => tookEffectAt === null);
}

/** Deletes the pending email change of an account, if it has one. */
export function deletePending(state: MemoryState, userId: string): void {
  filterChanges(state, userId, ({ tookEffectAt }) => tookEffectAt !== null);
}

/** Records an email change: pending, or effective at `now` if `takesEffect` is true. */
export function recordChange(
  state: MemoryState,
  former: StoredUser,
  wanted: RequestedEmail,
  { isByAdmin, now, takesEffect }: { isByAdmin: boolean; now: Date; takesEffect: boolean },
): void {
  const { id, email: formerEmail } = former.user;
  deletePending(state, id);
  const change: StoredEmailChange = {
    id: wanted.changeId,
    formerEmail,
    formerEmailKey: former.emailKey,
    email: wanted.address?.email ?? null,
    emailKey: wanted.address?.emailKey ?? null,
    cancelDigest: isByAdmin || former.emailKey === null ? null : wanted.cancelDigest,
    isByAdmin,
    requestedAt: now,
    tookEffectAt: null,
    cancellableUntil: null,
  };
  state.emailChanges.set(id, [...(state.emailChanges.get(id) ?? []), change]);
  if (takesEffect) markEffective(state, id, change, { now, cancellableMs: wanted.cancellableMs });
}

/** Marks a change as effective. Then deletes changes that cannot be cancelled, and all if an administrator made it. */
export function markEffective(
  state: MemoryState,
  userId: string,
  change: StoredEmailChange,
  { now, cancellableMs }: { now: Date; cancellableMs: number },
): void {
  change.tookEffectAt = now;
  change.cancellableUntil = new Date(now.getTime() + cancellableMs);
  filterChanges(state, userId, ({ cancelDigest }) => !change.isByAdmin && cancelDigest !== null);
}

function restore(state: MemoryState, stored: StoredUser, change: StoredEmailChange): CancelEmailOutcome {
  const { formerEmail, formerEmailKey } = change;
  if (formerEmail === null || formerEmailKey === null) return { outcome: 'invalid' };
  const { id, username, email: replacedEmail } = stored.user;
  const holder = state.users.get(state.userIdsByName.email.get(formerEmailKey) ?? '');
  if (holder !== undefined && holder.user.id !== id) {
    if (holder.user.emailVerified) return { outcome: 'email_taken' };
    replaceUser(state, holder, {
      ...holder,
      user: Object.freeze({ ...holder.user, email: null }),
      emailKey: null,
    });
  }
  const user = Object.freeze({ ...stored.user, email: formerEmail, emailVerified: true });
  replaceUser(state, stored, { ...stored, user, emailKey: formerEmailKey });
  const changes = state.emailChanges.get(id) ?? [];
  state.emailChanges.set(id, changes.slice(0, changes.indexOf(change)));
  state.sessions.get(id)?.clear();
  state.oneTimeTokens.delete(id);
  return { outcome: 'restored', username, email: formerEmail, replacedEmail };
}

function filterChanges(
  state: MemoryState,
  userId: string,
  isKept: (change: StoredEmailChange) => boolean,
): void {
  const changes = state.emailChanges.get(userId);
  if (changes !== undefined) state.emailChanges.set(userId, changes.filter(isKept));
}

function isExpired({ cancellableUntil }: StoredEmailChange, now: Date): boolean {
  return cancellableUntil !== null && cancellableUntil <= now;
}

function copyOfChange(change: StoredEmailChange): EmailChange {
  const { id, formerEmail, email, requestedAt, tookEffectAt, cancellableUntil } = change;
  const copy = (date: Date | null) => (date === null ? null : new Date(date));
  return {
    ...{ id, formerEmail, email, requestedAt: new Date(requestedAt) },
    ...{ tookEffectAt: copy(tookEffectAt), cancellableUntil: copy(cancellableUntil) },
  };
}
