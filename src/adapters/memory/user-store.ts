import type { AuditEvent } from '../../domain/audit/audit-event.js';
import { maxCredits } from '../../domain/ledger/entry.js';
import { emailEffect } from '../../domain/users/email-change.js';
import { firstPasswordVersion, type User } from '../../domain/users/user.js';
import type { Clock } from '../../ports/clock.js';
import type {
  AccountChange,
  ChangeAccountOutcome,
  CreateUserOutcome,
  EraseOutcome,
  NewUser,
  ProfileChange,
  UserCredentials,
  UserStore,
} from '../../ports/user-store.js';
import { insertEvents } from './account-events.js';
import { eraseExchanges } from './hold-ledger.js';
import { deletePending, recordChange } from './email-change-store.js';
import {
  runAtomically,
  copyOf,
  removeKeys,
  withPassword,
  type MemoryState,
  type StoredUser,
} from './state.js';
import { openAccount } from './open-account.js';
import { replaceUser } from './replace-user.js';

/** Accounts in memory. */
export function memoryUserStore(state: MemoryState, clock: Pick<Clock, 'now'>): UserStore {
  const { username: idsByUsername, email: idsByEmail } = state.userIdsByName;
  return {
    create: (newUser) => runAtomically(() => createUser(state, clock, newUser)),
    findByName: (name) =>
      runAtomically(() => {
        const id = 'emailKey' in name ? idsByEmail.get(name.emailKey) : idsByUsername.get(name.usernameKey);
        const stored = id === undefined ? undefined : state.users.get(id);
        return stored === undefined ? null : credentialsOf(stored);
      }),
    findById: (userId) =>
      runAtomically(() => {
        const stored = state.users.get(userId);
        return stored === undefined ? null : credentialsOf(stored);
      }),
    changeProfile: ({ userId, passwordVersion, username, email }) =>
      runAtomically(() => {
        const change = {
          userId,
          ...(passwordVersion === undefined ? {} : { passwordVersion }),
          ...(username === undefined ? {} : { username }),
          ...(email === undefined ? {} : { email }),
        };
        const changed = changeAccount(state, clock, change, false);
        if (changed.outcome === 'last_admin') throw new TypeError('A profile has neither role nor status.');
        return changed;
      }),
    changeAccount: (change) => runAtomically(() => changeAccount(state, clock, change, true)),
    changePassword: ({ userId, passwordVersion, passwordHash, keptSessionId, keepsKeys }) =>
      runAtomically(() => {
        const stored = state.users.get(userId);
        if (stored === undefined) return null;
        if (passwordVersion !== null && passwordVersion !== stored.passwordVersion) return null;
        state.users.set(userId, Object.freeze(withPassword(stored, passwordHash)));
        state.oneTimeTokens.get(userId)?.delete('password_reset');
        const sessions = state.sessions.get(userId);
        for (const id of [...(sessions?.keys() ?? [])]) if (id !== keptSessionId) sessions?.delete(id);
        return { removedKeys: keepsKeys ? 0 : removeKeys(state, userId) };
      }),
    renewPasswordHash: ({ userId, from, to }) =>
      runAtomically(() => {
        const stored = state.users.get(userId);
        if (stored?.passwordHash !== from) return false;
        state.users.set(userId, Object.freeze({ ...stored, passwordHash: to }));
        return true;
      }),
    erase: (userId) => runAtomically(() => erase(state, clock, userId)),
  };
}

function credentialsOf({ user, passwordHash, passwordVersion }: StoredUser): UserCredentials {
  return { user: copyOf(user), passwordHash, passwordVersion };
}

function changeAccount(
  state: MemoryState,
  clock: Pick<Clock, 'now'>,
  change: AccountChange,
  isByAdmin: boolean,
): ChangeAccountOutcome {
  const { userId, passwordVersion, email, role, status } = change;
  const stored = state.users.get(userId);
  if (stored === undefined) return { outcome: 'missing' };
  if (passwordVersion !== undefined && passwordVersion !== stored.passwordVersion)
    return { outcome: 'stale' };
  const stopsAdministering = role === 'user' || status === 'disabled';
  if (stopsAdministering && isLastAdmin(state, userId)) return { outcome: 'last_admin' };
  const renamed = rename(state, stored, change);
  if ('outcome' in renamed) return renamed;
  const user = { ...renamed.user, role: role ?? stored.user.role, status: status ?? stored.user.status };
  replaceUser(state, stored, { ...renamed, user: Object.freeze(user) });
  if (status === 'disabled') state.sessions.get(userId)?.clear();
  if (email !== undefined) {
    const effect = emailEffect(stored.emailKey, email.address?.emailKey ?? null);
    if (effect === 'respelled') deletePending(state, userId);
    else
      recordChange(state, stored, email, { isByAdmin, now: clock.now(), takesEffect: effect === 'removed' });
  }
  return { outcome: 'changed', before: copyOf(stored.user), user: copyOf(user) };
}

/** The account with its new username and email, unless another account has one of them. A pending email changes neither. */
function rename(
  state: MemoryState,
  stored: StoredUser,
  { userId, username, email }: ProfileChange,
): StoredUser | { outcome: 'username_taken' } | { outcome: 'email_taken' } {
  const { username: idsByUsername, email: idsByEmail } = state.userIdsByName;
  const usernameKey = username?.usernameKey ?? stored.usernameKey;
  const wantedKey = email === undefined ? stored.emailKey : (email.address?.emailKey ?? null);
  if ((idsByUsername.get(usernameKey) ?? userId) !== userId) return { outcome: 'username_taken' };
  if (wantedKey !== null && (idsByEmail.get(wantedKey) ?? userId) !== userId)
    return { outcome: 'email_taken' };
  const named = { ...stored.user, username: username?.username ?? stored.user.username };
  if (email === undefined || emailEffect(stored.emailKey, wantedKey) === 'pending') {
    return { ...stored, user: Object.freeze(named), usernameKey };
  }
  const emailVerified = stored.user.emailVerified && wantedKey !== null;
  const user = Object.freeze({ ...named, email: email.address?.email ?? null, emailVerified });
  return { ...stored, user, usernameKey, emailKey: wantedKey };
}

function erase(state: MemoryState, clock: Pick<Clock, 'now'>, userId: string): EraseOutcome {
  const stored = state.users.get(userId);
  const account = state.accounts.get(userId);
  if (stored === undefined || account === undefined) return 'missing';
  if (isLastAdmin(state, userId)) return 'last_admin';
  eraseExchanges(account, clock);
  account.isClosed = true;
  insertEvents(account, clock.now(), [{ type: 'account.erased', data: {} }]);
  account.hasCaps = false;
  account.lowBalance = null;
  // It is notified no more that its balance falls.
  account.alert = { below: 0, endsAt: maxCredits };
  account.caps.clear();
  account.capCounters.clear();
  account.allowance = null;
  state.auditEvents = state.auditEvents.map((event) => eraseFromEvent(event, userId));
  state.users.delete(userId);
  state.sessions.delete(userId);
  state.apiKeys.delete(userId);
  state.knownNetworks.delete(userId);
  state.identities.delete(userId);
  for (const [digest, attempt] of state.signInAttempts)
    if (attempt.userId === userId) state.signInAttempts.delete(digest);
  state.factors.delete(userId);
  for (const [digest, challenge] of state.challenges)
    if (challenge.userId === userId) state.challenges.delete(digest);
  state.oneTimeTokens.delete(userId);
  state.emailChanges.delete(userId);
  state.mailPreferences.delete(userId);
  state.userIdsByName.username.delete(stored.usernameKey);
  if (stored.emailKey !== null) state.userIdsByName.email.delete(stored.emailKey);
  return 'erased';
}

function eraseFromEvent(event: Readonly<AuditEvent>, userId: string): Readonly<AuditEvent> {
  const isOwn =
    event.actorId === userId ||
    (event.userId === userId && event.actorId === null && event.serviceKeyId === null);
  const origin = isOwn ? Object.freeze({ address: null, userAgent: null }) : event.origin;
  return Object.freeze({ ...event, origin, details: event.userId === userId ? null : event.details });
}

/** All active administrators. */
export function activeAdmins(state: MemoryState): StoredUser[] {
  return [...state.users.values()].filter(({ user }) => user.role === 'admin' && user.status === 'active');
}

function isLastAdmin(state: MemoryState, userId: string): boolean {
  const admins = activeAdmins(state);
  return admins.length === 1 && admins[0]?.user.id === userId;
}

/** Creates an account with its balance and the entry of its opening grant. If a name is taken, nothing has changed. */
export function createUser(
  state: MemoryState,
  clock: Pick<Clock, 'now'>,
  newUser: NewUser,
): CreateUserOutcome {
  const { id, usernameKey, emailKey, passwordHash } = newUser;
  const { username: idsByUsername, email: idsByEmail } = state.userIdsByName;
  if (idsByUsername.has(usernameKey)) return { outcome: 'username_taken' };
  if (emailKey !== null && idsByEmail.has(emailKey)) return { outcome: 'email_taken' };
  if (state.users.has(id)) throw new TypeError('An account with this id already exists.');
  const createdAt = clock.now();
  const grant = { ...newUser.openingGrant, reason: 'Opening grant', createdAt };
  const account = openAccount(state, id, grant);
  insertEvents(account, createdAt, [{ type: 'account.created', data: { balance: account.balance } }]);
  const user: User = {
    id,
    username: newUser.username,
    email: newUser.email,
    emailVerified: false,
    role: newUser.role,
    status: 'active',
    createdAt,
  };
  const names = { usernameKey, emailKey };
  const passwordVersion = firstPasswordVersion;
  state.users.set(id, Object.freeze({ user: Object.freeze(user), ...names, passwordHash, passwordVersion }));
  state.accounts.set(id, account);
  state.sessions.set(id, new Map());
  idsByUsername.set(usernameKey, id);
  if (emailKey !== null) idsByEmail.set(emailKey, id);
  return { outcome: 'created', user: copyOf(user) };
}
