import * as v from 'valibot';
import { capScopes, capSetters, type CapState } from '../../../domain/metering/cap.js';
import { windowLengths } from '../../../domain/metering/window.js';
import { namedSchema } from './openapi/named-schema.js';
import { count, id, time } from './response-fields.js';

/** A cap with what was spent and is left in its current window. The id of a default is null. */
export const capResponse = namedSchema(
  'Cap',
  v.object({
    id: v.nullable(id),
    scope: v.picklist(capScopes),
    key_id: v.nullable(id),
    model: v.nullable(v.string()),
    window: v.picklist(windowLengths),
    limit: count,
    set_by: v.picklist(capSetters),
    spent: count,
    left: count,
    /** Null if it never ends. */
    window_ends_at: v.nullable(time),
    created_at: v.nullable(time),
  }),
);

/** Returns a cap as the API shows it. */
export function presentCap({ cap, spent, left, endsAt }: CapState): v.InferOutput<typeof capResponse> {
  return {
    id: cap.id,
    scope: cap.scope,
    key_id: cap.keyId,
    model: cap.model,
    window: cap.window,
    limit: cap.limit,
    set_by: cap.setBy,
    spent,
    left,
    window_ends_at: endsAt?.toISOString() ?? null,
    created_at: cap.createdAt?.toISOString() ?? null,
  };
}
