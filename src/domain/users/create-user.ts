import type { CommonPasswords } from '../../ports/common-passwords.js';
import type { Ids } from '../../ports/ids.js';
import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { NewUser, UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { canonicalPassword, validatePassword } from '../auth/password.js';
import { DomainError, throwIfInvalid } from '../errors.js';
import { maxCredits } from '../ledger/entry.js';
import { networkOf } from '../limits/network.js';
import type { Policy } from '../policy.js';
import { validateEmail, emailKey, validateUsername, usernameKey, type Role, type User } from './user.js';

export interface PrepareUserDeps {
  passwordHasher: Pick<PasswordHasher, 'hash'>;
  commonPasswords: CommonPasswords;
  ids: Ids;
  policy: Pick<Policy, 'startingCredits'>;
}

export interface CreateUserDeps extends PrepareUserDeps {
  userStore: Pick<UserStore, 'create'>;
}

/** What only whoever runs the system has a say in. */
export interface InitialRights {
  role: Role;
  /** The opening grant, 0 or more; undefined for the one that every new account gets. */
  startingCredits?: number | undefined;
}

export interface CreateUserInput {
  username: string;
  email: string | null;
  password: string;
}

/**
 * Creates an account with its opening grant. Refuses with `invalid_input`, every fault of every field at once, or
 * with `username_taken` or `email_taken`.
 */
export async function createUser(
  deps: CreateUserDeps,
  input: CreateUserInput & InitialRights & { origin: Origin },
): Promise<User> {
  const created = await deps.userStore.create(await prepareUser(deps, input));
  if (created.outcome !== 'created') throw takenError(created.outcome);
  return created.user;
}

/** An account as it is to be created. Refuses with `invalid_input`, every fault of every field at once. */
export async function prepareUser(
  deps: PrepareUserDeps,
  input: CreateUserInput & InitialRights & { origin: Origin },
): Promise<NewUser> {
  const { role, startingCredits = deps.policy.startingCredits } = input;
  throwIfInvalid({
    username: validateUsername(input.username),
    email: input.email === null ? [] : validateEmail(input.email),
    password: validatePassword(input.password, input, (lowerCased) => deps.commonPasswords.has(lowerCased)),
    starting_credits: isOpeningGrant(startingCredits)
      ? []
      : [`Must be a whole number from 0 to ${maxCredits}.`],
  });
  return {
    id: deps.ids.next(),
    username: input.username,
    usernameKey: usernameKey(input.username),
    email: input.email,
    emailKey: input.email === null ? null : emailKey(input.email),
    passwordHash: await deps.passwordHasher.hash(
      canonicalPassword(input.password),
      networkOf(input.origin.address),
    ),
    role,
    openingGrant: { entryId: deps.ids.next(), amount: startingCredits },
  };
}

function isOpeningGrant(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount >= 0;
}

/** Says which name another account has. */
export function takenError(code: 'username_taken' | 'email_taken'): DomainError {
  const field = code === 'username_taken' ? 'username' : 'email';
  return new DomainError(code, `This ${field} is taken.`, { fieldErrors: { [field]: ['Is taken.'] } });
}
