import { maxCredits } from '../../domain/ledger/entry.js';
import type { User } from '../../domain/users/user.js';
import type { Clock } from '../../ports/clock.js';
import type { CreateUserOutcome, NewUser, UserStore } from '../../ports/user-store.js';
import { appendEntry, atOnce, copyOf, type Account, type MemoryState } from './state.js';

/** Accounts in memory. */
export function memoryUserStore(state: MemoryState, clock: Pick<Clock, 'now'>): UserStore {
  const { username: idsByUsername, email: idsByEmail } = state.userIdsByName;
  return {
    create: (newUser) => atOnce(() => create(state, clock, newUser)),
    findByName: (name) =>
      atOnce(() => {
        const id = 'emailKey' in name ? idsByEmail.get(name.emailKey) : idsByUsername.get(name.usernameKey);
        const stored = id === undefined ? undefined : state.users.get(id);
        return stored === undefined ? null : { user: copyOf(stored.user), passwordHash: stored.passwordHash };
      }),
  };
}

function create(state: MemoryState, clock: Pick<Clock, 'now'>, newUser: NewUser): CreateUserOutcome {
  const { id, usernameKey, emailKey, passwordHash } = newUser;
  const { username: idsByUsername, email: idsByEmail } = state.userIdsByName;
  if (idsByUsername.has(usernameKey)) return { outcome: 'username_taken' };
  if (emailKey !== null && idsByEmail.has(emailKey)) return { outcome: 'email_taken' };
  if (state.users.has(id)) throw new TypeError('There is an account of this id.');
  const account = openAccount(clock, newUser);
  const user: User = {
    id,
    username: newUser.username,
    email: newUser.email,
    emailVerified: false,
    role: newUser.role,
    status: 'active',
    createdAt: clock.now(),
  };
  state.users.set(id, Object.freeze({ user: Object.freeze(user), usernameKey, emailKey, passwordHash }));
  state.accounts.set(id, account);
  state.sessions.set(id, new Map());
  idsByUsername.set(usernameKey, id);
  if (emailKey !== null) idsByEmail.set(emailKey, id);
  return { outcome: 'created', user: copyOf(user) };
}

function openAccount(clock: Pick<Clock, 'now'>, { id, openingGrant }: NewUser): Account {
  const { entryId, amount } = openingGrant;
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new TypeError(`An opening grant is a whole number between 0 and ${maxCredits}.`);
  }
  const account: Account = {
    balance: amount,
    entries: new Map(),
    exchanges: new Map(),
    claims: new Map(),
    openHolds: new Set(),
  };
  if (amount > 0) {
    appendEntry(account, {
      id: entryId,
      userId: id,
      kind: 'grant',
      amount,
      balanceAfter: amount,
      exchangeId: null,
      reason: 'Opening grant',
      createdAt: clock.now(),
    });
  }
  return account;
}
