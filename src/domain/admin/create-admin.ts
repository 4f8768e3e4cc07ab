import { note, type NoteDeps } from '../audit/note.js';
import { createUser, type CreateUserInput, type CreateUserDeps } from '../users/create-user.js';
import { unknownOrigin } from '../audit/audit-event.js';
import type { User } from '../users/user.js';

/** Makes an administrator for whoever runs the system. Refuses as `createUser` does. */
export async function createAdmin(deps: CreateUserDeps & NoteDeps, input: CreateUserInput): Promise<User> {
  const user = await createUser(deps, { ...input, role: 'admin', origin: unknownOrigin });
  await note(deps, 'administrator_created', { userId: user.id, origin: unknownOrigin });
  return user;
}
