import type { FirstAdminStore } from '../../ports/first-admin-store.js';
import type { Database } from './database.js';
import { insertUser, takenName } from './insert-user.js';

const noActiveAdmin = `not exists (select 1 from users where role = 'admin' and status = 'active')`;

const issue = `
  insert into first_admin_secrets (digest, expires_at)
  select decode($1, 'hex'), now() + $2::bigint * interval '1 millisecond' where ${noActiveAdmin}
  returning digest`;

const find = `
  select digest from first_admin_secrets
  where digest = decode($1, 'hex') and expires_at > now() and ${noActiveAdmin}`;

// Creations run one at a time, so that the next one finds the administrator created by this one.
const lockSecrets = `lock table first_admin_secrets in exclusive mode`;

const deleteAll = `delete from first_admin_secrets`;

const purgeExpired = `delete from first_admin_secrets where expires_at <= now() returning digest`;

/** Setup secrets for the first administrator, in PostgreSQL. */
export function postgresFirstAdminStore(database: Database): FirstAdminStore {
  return {
    async issue({ digest, ttlMs }) {
      return (await database.query({ text: issue, values: [digest, ttlMs] })).length > 0;
    },
    async isUsable(digest) {
      return (await database.query({ text: find, values: [digest] })).length > 0;
    },
    async create(digest, user) {
      try {
        return await database.transaction(async (within) => {
          await within.query({ text: lockSecrets });
          const found = await within.query({ text: find, values: [digest] });
          if (found.length === 0) return { outcome: 'invalid' };
          await within.query({ text: deleteAll });
          return { outcome: 'created', user: await insertUser(within, user) };
        });
      } catch (error) {
        return takenName(error);
      }
    },
    async purgeExpired() {
      return (await database.query({ text: purgeExpired })).length;
    },
  };
}
