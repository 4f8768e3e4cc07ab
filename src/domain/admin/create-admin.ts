import { note, type NoteNeeds } from '../audit/note.js';
import { createUser, type CreateUserInput, type CreateUserNeeds } from '../users/create-user.js';
import { unknownOrigin } from '../audit/audit-event.js';
import type { User } from '../users/user.js';

/** Makes an administrator for whoever runs the system. Refuses as `createUser` does. */
export async function createAdmin(needs: CreateUserNeeds & NoteNeeds, input: CreateUserInput): Promise<User> {
  const user = await createUser(needs, { ...input, role: 'admin', origin: unknownOrigin });
  await note(needs, 'administrator_created', { userId: user.id, origin: unknownOrigin });
  return user;
}
