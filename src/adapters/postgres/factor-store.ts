import type { FactorStore } from '../../ports/factor-store.js';
import type { Database } from './database.js';
import {
  countFactors,
  passkeyColumns,
  passkeyOf,
  removeFactor,
  replaceCodes,
  type PasskeyRow,
} from './factor-rows.js';
import { lockUser } from './user-rows.js';

const totpAndCodes = `
  select (select confirmed_at from totp_factors where user_id = $1) as confirmed_at,
    (select count(*) from recovery_codes where user_id = $1) as codes`;

const passkeys = `select ${passkeyColumns} from passkeys where user_id = $1 order by id`;

// The lock makes a concurrent erasure wait or be waited for; without it, the reference to an account that was just erased would be
// an error.
const startTotp = `
  insert into totp_factors as factor (user_id, sealed_secret)
  select id, $2 from users where id = $1 and status = 'active'
  for no key update
  on conflict (user_id) do update set sealed_secret = excluded.sealed_secret where factor.confirmed_at is null
  returning user_id`;

const totp = `select sealed_secret, confirmed_at from totp_factors where user_id = $1`;

const confirmTotp = `
  update totp_factors set confirmed_at = now(), last_step = $3
  where user_id = $1 and sealed_secret = $2 and confirmed_at is null
  returning user_id`;

// A code is accepted once: of several with one step, each waits for the row and then finds its step used.
const useTotp = `
  update totp_factors set last_step = $3
  where user_id = $1 and sealed_secret = $2 and confirmed_at is not null and last_step < $3
  returning user_id`;

const removeTotp = `delete from totp_factors where user_id = $1`;
const removePasskeys = `delete from passkeys where user_id = $1`;

// Of several with one code, one deletes the row, and the others find none.
const useRecoveryCode = `delete from recovery_codes where user_id = $1 and digest = decode($2, 'hex') returning user_id`;

interface TotpRow {
  sealed_secret: string;
  confirmed_at: Date | null;
}

/** Second factors in PostgreSQL. */
export function postgresFactorStore(database: Database): FactorStore {
  return {
    async factors(userId) {
      const rows = await database.query<PasskeyRow>({ text: passkeys, values: [userId] });
      const [row] = await database.query<{ confirmed_at: Date | null; codes: number }>({
        text: totpAndCodes,
        values: [userId],
      });
      const createdAt = row?.confirmed_at ?? null;
      return {
        totp: createdAt === null ? null : { createdAt },
        passkeys: rows.map(passkeyOf),
        recoveryCodesLeft: row?.codes ?? 0,
      };
    },
    async startTotp({ userId, sealedSecret }) {
      const values = [userId, sealedSecret];
      return (await database.query({ text: startTotp, values, mayWaitForLock: true })).length > 0;
    },
    async totp(userId) {
      const [row] = await database.query<TotpRow>({ text: totp, values: [userId] });
      return row === undefined
        ? null
        : { sealedSecret: row.sealed_secret, isConfirmed: row.confirmed_at !== null };
    },
    confirmTotp: ({ userId, sealedSecret, step, recoveryDigests, mustBeFirst }) =>
      database.transaction(async (within) => {
        await within.query({ text: lockUser, values: [userId] });
        if (mustBeFirst && (await countFactors(within, userId)) > 0) return false;
        const confirmed = await within.query({ text: confirmTotp, values: [userId, sealedSecret, step] });
        if (confirmed.length === 0) return false;
        await replaceCodes(within, userId, recoveryDigests);
        return true;
      }),
    async useTotp({ userId, sealedSecret, step }) {
      const values = [userId, sealedSecret, step];
      return (await database.query({ text: useTotp, values, mayWaitForLock: true })).length > 0;
    },
    removeTotp: (removal) =>
      database.transaction((within) =>
        removeFactor(within, removal, {
          find: async () => {
            const [row] = await within.query<TotpRow>({ text: totp, values: [removal.userId] });
            if (row === undefined) return null;
            return row.confirmed_at === null ? 0 : 1;
          },
          remove: () => within.query({ text: removeTotp, values: [removal.userId] }),
        }),
      ),
    replaceRecoveryCodes: (userId, digests) =>
      database.transaction(async (within) => {
        await within.query({ text: lockUser, values: [userId] });
        if ((await countFactors(within, userId)) === 0) return false;
        await replaceCodes(within, userId, digests);
        return true;
      }),
    async useRecoveryCode(userId, digest) {
      const values = [userId, digest];
      return (await database.query({ text: useRecoveryCode, values, mayWaitForLock: true })).length > 0;
    },
    removeAll: (userId) =>
      database.transaction(async (within) => {
        await within.query({ text: lockUser, values: [userId] });
        const factors = await countFactors(within, userId);
        await within.query({ text: removeTotp, values: [userId] });
        await within.query({ text: removePasskeys, values: [userId] });
        await replaceCodes(within, userId, []);
        return factors;
      }),
  };
}
