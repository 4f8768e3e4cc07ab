import { lastActiveAt } from '../../domain/users/last-active.js';
import { isChat } from './stored-exchanges.js';
import { maxCredits } from '../../domain/ledger/entry.js';
import { pageBy, type PageRequest } from '../../domain/page.js';
import type {
  FoundUser,
  ListedUser,
  UserDirectory,
  UserPlace,
  UserQuery,
  UserSort,
} from '../../ports/user-directory.js';
import { pendingChange } from './email-change-store.js';
import { heldCredits } from './account-state.js';
import { runAtomically, copyOf, type MemoryState, type StoredUser } from './state.js';
import { isWithin } from './time-range.js';

/** Lists and finds all accounts in memory. */
export function memoryUserDirectory(state: MemoryState): UserDirectory {
  return {
    list: (query, page) => runAtomically(() => list(state, query, page)),
    count: (query, most) =>
      runAtomically(() =>
        Math.min([...state.users.values()].filter((stored) => matches(stored, query)).length, most),
      ),
    find: (userId) =>
      runAtomically(() => {
        const stored = state.users.get(userId);
        return stored === undefined ? null : foundUser(state, stored);
      }),
  };
}

function list(state: MemoryState, query: UserQuery, { limit, before }: PageRequest<UserPlace>) {
  const placeOf = placeFunction(state, query.sort);
  const sign = query.isDescending ? -1 : 1;
  const found = [...state.users.values()]
    .filter((stored) => matches(stored, query))
    .map((stored) => ({ stored, place: placeOf(stored) }))
    .filter(({ place }) => before === null || sign * compare(place, before) > 0)
    .sort((left, right) => sign * compare(left.place, right.place));
  const { results, next } = pageBy(found, limit, ({ place }) => place);
  return { results: results.map(({ stored }) => listedUser(state, stored)), next };
}

function matches({ user, usernameKey, emailKey }: StoredUser, query: UserQuery): boolean {
  const { text, emailText, role, status } = query;
  return (
    (role === null || user.role === role) &&
    (status === null || user.status === status) &&
    isWithin(user.createdAt, query) &&
    (text === null ||
      [usernameKey, emailKey, user.email?.toLowerCase()].some((name) => name?.includes(text)) ||
      (emailText !== null && emailKey?.includes(emailText) === true))
  );
}

function placeFunction(state: MemoryState, sort: UserSort): (stored: StoredUser) => UserPlace {
  const valueOf: Record<UserSort, (stored: StoredUser) => UserPlace['value']> = {
    created_at: () => null,
    username: ({ usernameKey }) => usernameKey,
    balance: ({ user }) => state.accounts.get(user.id)?.balance ?? 0,
  };
  return (stored) => ({ value: valueOf[sort](stored), id: stored.user.id });
}

function compare(left: UserPlace, right: UserPlace): number {
  if (left.value === right.value || left.value === null || right.value === null) {
    return Number(left.id > right.id) - Number(left.id < right.id);
  }
  return left.value > right.value ? 1 : -1;
}

function foundUser(state: MemoryState, stored: StoredUser): FoundUser {
  const account = state.accounts.get(stored.user.id);
  const exchanges = account?.exchanges.values() ?? [];
  const uncollected = [...exchanges].reduce((sum, { exchange }) => sum + exchange.uncollected, 0);
  const debt = account?.debt ?? 0;
  return { ...listedUser(state, stored), uncollected: Math.min(uncollected, maxCredits), debt };
}

function listedUser(state: MemoryState, { user }: StoredUser): ListedUser {
  const account = state.accounts.get(user.id);
  const sessions = [...(state.sessions.get(user.id)?.values() ?? [])];
  const keys = [...(state.apiKeys.get(user.id)?.values() ?? [])];
  const uses = [...sessions.map(({ session }) => session), ...keys.map(({ key }) => key)]
    .map(({ lastUsedAt }) => lastUsedAt?.getTime())
    .filter((time) => time !== undefined);
  const messages = [...(account?.exchanges.values() ?? [])]
    .filter(({ exchange }) => isChat(exchange))
    .map(({ exchange }) => exchange.createdAt.getTime());
  const signedIn = state.auditEvents.findLast(
    ({ userId, action }) => userId === user.id && action === 'signed_in',
  );
  const lastSignedInAt = signedIn === undefined ? null : new Date(signedIn.createdAt);
  return {
    ...copyOf(user),
    pendingEmail: pendingChange(state, user.id)?.email ?? null,
    balance: account?.balance ?? 0,
    held: account === undefined ? 0 : heldCredits(account),
    lastSeenAt: lastActiveAt({
      lastUsedAt: latest(uses),
      lastMessageAt: latest(messages),
      lastSignedInAt,
    }),
    lastSignedInAt,
  };
}

function latest(times: readonly number[]): Date | null {
  return times.length === 0 ? null : new Date(Math.max(...times));
}
