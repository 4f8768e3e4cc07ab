import type { Passkey } from '../../domain/factors/factor.js';
import type { StoredPasskey } from '../../ports/passkey-store.js';
import type { RemoveFactorOutcome } from '../../ports/factor-store.js';
import type { Queryable } from './database.js';
import { lockUser } from './user-rows.js';

const factorCount = `
  select (select count(*) from totp_factors where user_id = $1 and confirmed_at is not null)
    + (select count(*) from passkeys where user_id = $1) as factors`;

const removeCodes = `delete from recovery_codes where user_id = $1`;

const addCodes = `insert into recovery_codes (user_id, digest) select $1, decode(unnest($2::text[]), 'hex')`;

/** Returns how many factors an account has. */
export async function countFactors(within: Queryable, userId: string): Promise<number> {
  const [row] = await within.query<{ factors: number }>({ text: factorCount, values: [userId] });
  return row?.factors ?? 0;
}

/** Replaces the recovery codes of an account. Run it with the account locked. */
export async function replaceCodes(
  within: Queryable,
  userId: string,
  digests: readonly string[],
): Promise<void> {
  await within.query({ text: removeCodes, values: [userId] });
  if (digests.length > 0) await within.query({ text: addCodes, values: [userId, digests] });
}

/**
 * Removes a factor by `remove`, which returns how many factors it removed, or null for nothing. With `keepsOne` the last one
 * stays. Concurrent removals wait for the lock of the account, and each counts what the one before has left.
 */
export async function removeFactor(
  within: Queryable,
  { userId, keepsOne }: { userId: string; keepsOne: boolean },
  { find, remove }: { find: () => Promise<number | null>; remove: () => Promise<unknown> },
): Promise<RemoveFactorOutcome> {
  await within.query({ text: lockUser, values: [userId] });
  const removed = await find();
  if (removed === null) return 'missing';
  const left = (await countFactors(within, userId)) - removed;
  if (keepsOne && removed > 0 && left === 0) return 'last_factor';
  await remove();
  if (left === 0) await replaceCodes(within, userId, []);
  return 'removed';
}

/** A row of `passkeys`. */
export interface PasskeyRow {
  id: string;
  credential_id: string;
  public_key: string;
  counter: number;
  transports: string[];
  name: string;
  backed_up: boolean;
  created_at: Date;
  last_used_at: Date | null;
}

/** The columns of `PasskeyRow`. */
export const passkeyColumns =
  'id, credential_id, public_key, counter, transports, name, backed_up, created_at, last_used_at';

/** Converts a row to a passkey, without its public key. */
export function passkeyOf(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    isBackedUp: row.backed_up,
  };
}

/** Converts a row to a passkey, with what it is verified with. */
export function storedPasskeyOf(row: PasskeyRow): StoredPasskey {
  return {
    passkey: passkeyOf(row),
    credentialId: row.credential_id,
    publicKey: row.public_key,
    counter: row.counter,
    transports: row.transports,
  };
}
