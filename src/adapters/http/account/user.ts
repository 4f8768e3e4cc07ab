import * as v from 'valibot';
import { roles, type User } from '../../../domain/users/user.js';
import { id } from '../kit/response-fields.js';

/** The fields by which every response shows a user. */
export const userFields = {
  id,
  username: v.string(),
  email: v.nullable(v.string()),
  email_verified: v.boolean(),
  /** The email that replaces `email` when it is confirmed. */
  pending_email: v.nullable(v.string()),
  role: v.picklist(roles),
};

/** Returns a user as the API shows it. */
export function presentUserFields(
  user: Pick<User, 'id' | 'username' | 'email' | 'emailVerified' | 'role'>,
  pendingEmail: string | null,
) {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    email_verified: user.emailVerified,
    pending_email: pendingEmail,
    role: user.role,
  };
}
