import type { Ids } from '../../ports/ids.js';
import type { UserStore } from '../../ports/user-store.js';
import { unknownOrigin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { DomainError, throwIfInvalid } from '../errors.js';
import type { Policy } from '../policy.js';
import { codePointCount, unstorableReason } from '../text.js';
import { eraseEverything, type EraseEverythingDeps } from './erase-account.js';
import type { User } from './user.js';

/** Somebody whom another system knows, and lets in. */
export interface ForeignUser {
  /** What that system calls them, for ever: 1 to 255 characters, upper and lower case told apart. */
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

/** No hash of ours, so that no password belongs to it. */
const unusablePassword = '!';

/**
 * The account of somebody whom another system knows. The first time it is opened with its opening grant; of any number
 * at once one opens it, and all answer the same account. Nobody can sign in to it here. Refuses with `invalid_input`.
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
    passwordHash: unusablePassword,
    role: 'user',
    openingGrant: { entryId: deps.ids.next(), amount: deps.policy.startingCredits },
  });
  if (created.outcome === 'created') {
    await recordAudit(deps, 'adopted', { userId: created.user.id, origin: unknownOrigin });
    return created.user;
  }
  const winner = await deps.userStore.findByName(key);
  if (winner === null) throw new DomainError('not_found', 'This account was erased just now.');
  return winner.user;
}

/**
 * Erases an adopted account and its texts everywhere; the ledger keeps its entries under the bare id. Adopted again,
 * its owner begins anew. Refuses with `not_found`.
 */
export async function eraseAdopted(deps: EraseAdoptedDeps, { foreignId }: ForeignUser): Promise<void> {
  throwIfInvalid({ foreignId: validateForeignId(foreignId) });
  const found = await deps.userStore.findByName({ usernameKey: adoptedKey(foreignId) });
  const erased = found === null ? null : { userId: found.user.id, origin: unknownOrigin };
  if (erased === null || !(await eraseEverything(deps, erased))) {
    throw new DomainError('not_found', 'There is no adopted account of this id.');
  }
  await recordAudit(deps, 'account_erased', erased);
}

/** A colon is in no username, so that nobody can register as somebody adopted, or the other way round. */
function adoptedKey(foreignId: string): string {
  return `adopted:${foreignId}`;
}

function validateForeignId(foreignId: string): string[] {
  const unstorable = unstorableReason(foreignId);
  if (unstorable !== null) return [`An id ${unstorable}.`];
  const length = codePointCount(foreignId);
  return length >= 1 && length <= 255 ? [] : ['Must have 1 to 255 characters.'];
}
