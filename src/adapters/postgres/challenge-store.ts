import type { ChallengeReference, ChallengeStore } from '../../ports/challenge-store.js';
import type { Database, SqlValue } from './database.js';
import { skipLocked } from './row-locks.js';

// A challenge without an account, or of one that does not exist, is issued with the same statement. The lock makes a concurrent
// erasure wait or be waited for; without it, the reference to an account that was just erased would be an error.
const issue = `
  with owner as materialized (select id from users where id = $3 for no key update), issued as (
    insert into identity_challenges (digest, purpose, user_id, password_version, expires_at)
    select decode($1, 'hex'), $2, $3::uuid, $4::integer, now() + $5::bigint * interval '1 millisecond'
    where $3::uuid is null or exists (select 1 from owner)
  )
  select now() + $5::bigint * interval '1 millisecond' as expires_at`;

const matching = `
  digest = decode($1, 'hex') and purpose = $2 and user_id is not distinct from $3::uuid and expires_at > now()`;

const find = `select password_version from identity_challenges where ${matching}`;

// Of several with one challenge, one deletes the row, and the others find none.
const consume = `delete from identity_challenges where ${matching} returning password_version`;

const purgeExpired = (skip: string) => `
  delete from identity_challenges where digest in (
    select digest from identity_challenges where expires_at <= now() ${skip})
  returning digest`;

interface ChallengeRow {
  password_version: number | null;
}

/** Challenges that prove an identity in PostgreSQL. */
export function postgresChallengeStore(database: Database): ChallengeStore {
  return {
    async issue({ passwordVersion, ttlMs, ...reference }) {
      const values = [...valuesOf(reference), passwordVersion, ttlMs];
      const [row] = await database.query<{ expires_at: Date }>({
        ...{ text: issue, values },
        mayWaitForLock: true,
      });
      if (row === undefined) throw new TypeError('The statement returns one row.');
      return row.expires_at;
    },
    async find(reference) {
      return challengeOf(await database.query<ChallengeRow>({ text: find, values: valuesOf(reference) }));
    },
    async consume(reference) {
      const values = valuesOf(reference);
      return challengeOf(await database.query<ChallengeRow>({ text: consume, values, mayWaitForLock: true }));
    },
    async purgeExpired() {
      return (await database.query({ text: purgeExpired(skipLocked(database)) })).length;
    },
  };
}

function valuesOf({ digest, purpose, userId }: ChallengeReference): SqlValue[] {
  return [digest, purpose, userId];
}

function challengeOf([row]: readonly ChallengeRow[]): { passwordVersion: number | null } | null {
  return row === undefined ? null : { passwordVersion: row.password_version };
}
