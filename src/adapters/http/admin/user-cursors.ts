import * as v from 'valibot';
import type { UserPlace, UserSort } from '../../../ports/user-directory.js';
import type { CursorForm } from '../kit/paging.js';

const values = {
  created_at: v.null(),
  username: v.pipe(v.string(), v.maxLength(150)),
  balance: v.pipe(v.number(), v.safeInteger()),
} satisfies Record<UserSort, v.GenericSchema>;

const uuid = v.pipe(v.string(), v.uuid());

/** Returns the cursors of accounts in a sort order. A cursor of another order is invalid. */
export function userCursors(sort: UserSort): CursorForm<UserPlace> {
  const form = v.strictTuple([v.literal(sort), values[sort], uuid]);
  return {
    read: (text) => {
      const parsed = v.safeParse(form, parse(Buffer.from(text, 'base64url').toString('utf8')));
      return parsed.success ? { value: parsed.output[1], id: parsed.output[2] } : undefined;
    },
    write: ({ value, id }) => Buffer.from(JSON.stringify([sort, value, id])).toString('base64url'),
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
