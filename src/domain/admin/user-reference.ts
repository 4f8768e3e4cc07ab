import type { UserStore } from '../../ports/user-store.js';
import { findByLoginName } from '../users/login-name.js';

/** The id, username or email of an account; null for every account. */
export type UserReference = string | null;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Returns the id that a reference names, also of an erased account; null for every account, undefined if it names none. */
export async function userIdOf(
  deps: { userStore: Pick<UserStore, 'findByName'> },
  reference: UserReference,
): Promise<string | null | undefined> {
  if (reference === null) return null;
  if (uuid.test(reference)) return reference.toLowerCase();
  return (await findByLoginName(deps, reference))?.user.id;
}
