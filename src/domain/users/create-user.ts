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
import {
  emailKey,
  emptyEmailToNull,
  validateEmail,
  validateUsername,
  usernameKey,
  type Role,
  type User,
} from './user.js';

export interface PrepareUserDeps {
  passwordHasher: Pick<PasswordHasher, 'hash'>;
  commonPasswords: CommonPasswords;
  ids: Ids;
  policy: Pick<Policy, 'startingCredits'>;
}

export interface CreateUserDeps extends PrepareUserDeps {
  userStore: Pick<UserStore, 'create'>;
}

/** What only an administrator or the operator can choose for a new account. */
export interface InitialRights {
  role: Role;
  /** The opening grant in credits, 0 or more; undefined for the one of the policy. */
  startingCredits?: number | undefined;
}

export interface CreateUserInput {
  username: string;
  /** Null or empty for none. */
  email: string | null;
  password: string;
}

/**
 * Creates an account with its opening grant. Rejects with `invalid_input` and every problem of every field, or with
 * `username_taken` or `email_taken`.
 */
export async function createUser(
  deps: CreateUserDeps,
  input: CreateUserInput & InitialRights & { origin: Origin },
): Promise<User> {
  const created = await deps.userStore.create(await prepareUser(deps, input));
  if (created.outcome !== 'created') throw takenError(created.outcome);
  return created.user;
}

/** Validates the input and returns the account as it is to be stored. Rejects with `invalid_input` and every problem of every field. */
export async function prepareUser(
  deps: PrepareUserDeps,
  input: CreateUserInput & InitialRights & { origin: Origin },
): Promise<NewUser> {
  const { username, password, role, startingCredits = deps.policy.startingCredits } = input;
  const email = emptyEmailToNull(input.email);
  throwIfInvalid({
    username: validateUsername(username),
    email: email === null ? [] : validateEmail(email),
    password: validatePassword(password, { username, email }, (lowerCased) =>
      deps.commonPasswords.has(lowerCased),
    ),
    starting_credits: isOpeningGrant(startingCredits)
      ? []
      : [`Must be a whole number from 0 to ${maxCredits}.`],
  });
  return {
    id: deps.ids.next(),
    username,
    usernameKey: usernameKey(username),
    email,
    emailKey: email === null ? null : emailKey(email),
    passwordHash: await deps.passwordHasher.hash(
      canonicalPassword(password),
      networkOf(input.origin.address),
    ),
    role,
    openingGrant: { entryId: deps.ids.next(), amount: startingCredits },
  };
}

function isOpeningGrant(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount >= 0;
}

/** Returns the error for a name that another account has. */
export function takenError(code: 'username_taken' | 'email_taken'): DomainError {
  const field = code === 'username_taken' ? 'username' : 'email';
  return new DomainError(code, `This ${field} is taken.`, { fieldErrors: { [field]: ['Is taken.'] } });
}
