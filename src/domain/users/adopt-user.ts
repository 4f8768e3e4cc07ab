import type { Ids } from '../../ports/ids.js';
import type { UserStore } from '../../ports/user-store.js';
import { unknownOrigin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { unusablePasswordHash } from '../auth/password.js';
import { DomainError, throwIfInvalid } from '../errors.js';
import type { Policy } from '../policy.js';
import { codePointCount, unstorableReason } from '../text.js';
import { eraseEverything, type EraseEverythingDeps } from './erase-account.js';
import type { Caller } from '../auth/caller.js';
import type { Role, User } from './user.js';

/** A user of the host program, which authenticates them itself. */
export interface ForeignUser {
  /** The user's permanent id in the host program: 1 to 255 characters, case-sensitive. */
  foreignId: string;
}

export interface AdoptUserDeps extends RecordAuditDeps {
  userStore: Pick<UserStore, 'create' | 'findByName'>;
  ids: Ids;
  policy: Pick<Policy, 'startingCredits'>;
}

export interface EraseAdoptedDeps extends RecordAuditDeps, EraseEverythingDeps {
  userStore: Pick<UserStore, 'findByName' | 'erase'>;
}

/**
 * Returns the account of a user of the host program. The first call creates it, with its opening grant; of several first calls
 * at once, one creates it and all return the same account. It has no password, so that nothing can sign in to it. Rejects with
 * `invalid_input`.
 */
export async function adoptUser(deps: AdoptUserDeps, { foreignId }: ForeignUser): Promise<User> {
  throwIfInvalid({ foreignId: validateForeignId(foreignId) });
  const key = { usernameKey: adoptedKey(foreignId) };
  const known = await deps.userStore.findByName(key);
  if (known !== null) return known.user;
  const created = await deps.userStore.create({
    id: deps.ids.next(),
    username: foreignId,
    ...key,
    email: null,
    emailKey: null,
    passwordHash: unusablePasswordHash,
    role: 'user',
    openingGrant: { entryId: deps.ids.next(), amount: deps.policy.startingCredits },
  });
  if (created.outcome === 'created') {
    await recordAudit(deps, 'adopted', { userId: created.user.id, origin: unknownOrigin });
    return created.user;
  }
  const winner = await deps.userStore.findByName(key);
  if (winner === null) throw new DomainError('not_found', 'This account has just been erased.');
  return winner.user;
}

/** A user of the host program who calls, and what they may do here. */
export interface ForeignCaller extends ForeignUser {
  /** `user` if it is absent. */
  role?: Role;
}

/**
 * Returns the caller of a user that the host program has signed in; the first call creates their account. Their email
 * counts as confirmed. Rejects with `invalid_input`, or `unauthenticated` if the account is disabled.
 */
export async function callerOfHost(
  deps: AdoptUserDeps,
  { foreignId, role = 'user' }: ForeignCaller,
): Promise<Caller> {
  const user = await adoptUser(deps, { foreignId });
  if (user.status !== 'active') throw new DomainError('unauthenticated', 'This account is disabled.');
  return { user: { ...user, role, emailVerified: true }, by: { kind: 'host' } };
}

/**
 * Erases an adopted account and its texts; the ledger keeps its entries under the id alone. A user who is adopted again gets a
 * new account. Rejects with `not_found`.
 */
export async function eraseAdopted(deps: EraseAdoptedDeps, { foreignId }: ForeignUser): Promise<void> {
  throwIfInvalid({ foreignId: validateForeignId(foreignId) });
  const found = await deps.userStore.findByName({ usernameKey: adoptedKey(foreignId) });
  const erased = found === null ? null : { userId: found.user.id, origin: unknownOrigin };
  if (erased === null || !(await eraseEverything(deps, erased))) {
    throw new DomainError('not_found', 'There is no adopted account with this id.');
  }
  await recordAudit(deps, 'account_erased', erased);
}

/** Usernames contain no colon, so that a registered user and an adopted one never have the same key. */
function adoptedKey(foreignId: string): string {
  return `adopted:${foreignId}`;
}

function validateForeignId(foreignId: string): string[] {
  const unstorable = unstorableReason(foreignId);
  if (unstorable !== null) return [`An id ${unstorable}.`];
  const length = codePointCount(foreignId);
  return length >= 1 && length <= 255 ? [] : ['Must have 1 to 255 characters.'];
}
