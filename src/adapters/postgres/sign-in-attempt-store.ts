import type { SignInAttemptStore } from '../../ports/sign-in-attempt-store.js';
import type { Database } from './database.js';

const create = `
  insert into sign_in_attempts (digest, provider_id, user_id, expires_at)
  values (decode($1, 'hex'), $2, $3, now() + $4::bigint * interval '1 millisecond')`;

// If several run concurrently, one deletes the row and the others find none.
const consume = `
  delete from sign_in_attempts where digest = decode($1, 'hex') and expires_at > now()
  returning provider_id, user_id`;

const purgeExpired = `delete from sign_in_attempts where expires_at <= now() returning digest`;

/** Sign-ins that have begun, in PostgreSQL. */
export function postgresSignInAttemptStore(database: Database): SignInAttemptStore {
  return {
    async create({ digest, providerId, userId, ttlMs }) {
      await database.query({ text: create, values: [digest, providerId, userId, ttlMs] });
    },
    async consume(digest) {
      const [row] = await database.query<{ provider_id: string; user_id: string | null }>({
        text: consume,
        values: [digest],
      });
      return row === undefined ? null : { providerId: row.provider_id, userId: row.user_id };
    },
    async purgeExpired() {
      return (await database.query({ text: purgeExpired })).length;
    },
  };
}
