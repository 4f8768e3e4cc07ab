import type { MemoryState, StoredUser } from './state.js';

/** Replaces a stored user, and updates the indexes by username and email. */
export function replaceUser(state: MemoryState, before: StoredUser, after: StoredUser): void {
  const { username: idsByUsername, email: idsByEmail } = state.userIdsByName;
  const { id } = after.user;
  idsByUsername.delete(before.usernameKey);
  idsByUsername.set(after.usernameKey, id);
  if (before.emailKey !== null) idsByEmail.delete(before.emailKey);
  if (after.emailKey !== null) idsByEmail.set(after.emailKey, id);
  state.users.set(id, Object.freeze(after));
}
