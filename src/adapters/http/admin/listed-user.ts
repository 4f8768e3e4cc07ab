import * as v from 'valibot';
import { userStatuses } from '../../../domain/users/user.js';
import type { FoundUser, ListedUser } from '../../../ports/user-directory.js';
import { presentUserFields, userFields } from '../account/user.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count, time } from '../kit/response-fields.js';

/** An account as administrators see it. `last_seen_at`: its last use of a session or key (to the minute), message or sign-in. */
export const listedUserResponse = namedSchema(
  'ListedUser',
  v.object({
    ...userFields,
    status: v.picklist(userStatuses),
    tokens: count,
    held: count,
    created_at: time,
    last_seen_at: v.nullable(time),
    last_signed_in_at: v.nullable(time),
  }),
);

/** An account as administrators see it alone. `uncollected` was used but never charged, because nothing covered it; `debt` is owed. */
export const foundUserResponse = namedSchema(
  'FoundUser',
  v.object({ ...listedUserResponse.entries, uncollected: count, debt: count }),
);

/** Returns an account as administrators see it in a list. */
export function presentListedUser(user: ListedUser): v.InferOutput<typeof listedUserResponse> {
  return {
    ...presentUserFields(user, user.pendingEmail),
    status: user.status,
    tokens: user.balance,
    held: user.held,
    created_at: user.createdAt.toISOString(),
    last_seen_at: user.lastSeenAt?.toISOString() ?? null,
    last_signed_in_at: user.lastSignedInAt?.toISOString() ?? null,
  };
}

/** Returns an account as administrators see it alone. */
export function presentFoundUser(user: FoundUser): v.InferOutput<typeof foundUserResponse> {
  return { ...presentListedUser(user), uncollected: user.uncollected, debt: user.debt };
}
