import type { MemoryState, StoredUser } from './state.js';

/** Puts an account in the place of its earlier form, and keeps what it is found by in step. */
export function replaceUser(state: MemoryState, earlier: StoredUser, stored: StoredUser): void {
  const { username: idsByUsername, email: idsByEmail } = state.userIdsByName;
  const { id } = stored.user;
  idsByUsername.delete(earlier.usernameKey);
  idsByUsername.set(stored.usernameKey, id);
  if (earlier.emailKey !== null) idsByEmail.delete(earlier.emailKey);
  if (stored.emailKey !== null) idsByEmail.set(stored.emailKey, id);
  state.users.set(id, Object.freeze(stored));
}
