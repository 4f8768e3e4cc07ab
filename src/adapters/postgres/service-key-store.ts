import type { ServiceKey, ServiceScope } from '../../domain/auth/service-key.js';
import type { ServiceKeyStore } from '../../ports/service-key-store.js';
import type { Database } from './database.js';

// Creations run one at a time, so that each one counts those before it. Reads and removals do not wait.
const lockKeys = `lock table service_keys in share row exclusive mode`;

const lockAdmin = `select id from users where id = $1 and role = 'admin' and status = 'active' for update`;

// Runs with the account locked: ending several sessions waits for that lock.
const findSession = `select id from sessions where user_id = $1 and id = $2`;

const columns = `id, name, scopes, last_characters, created_by, created_at, expires_at, last_used_at`;

const create = `
  insert into service_keys (id, digest, name, scopes, last_characters, created_by, expires_at)
  select $1::uuid, decode($2, 'hex'), $3, $4::text[], $5, $6::uuid, $7::timestamptz
  where (select count(*) from service_keys) < $8
  returning ${columns}`;

const keys = `select ${columns} from service_keys order by id desc`;

const remove = `delete from service_keys where id = $1 returning id`;

const findCaller = `
  select id, scopes, coalesce(last_used_at < now() - interval '1 minute', true) as is_stale
  from service_keys
  where id = $1 and digest = decode($2, 'hex') and (expires_at is null or expires_at > now())`;

const updateLastUse = `update service_keys set last_used_at = now() where id = $1`;

interface ServiceKeyRow {
  id: string;
  name: string;
  scopes: ServiceScope[];
  last_characters: string;
  created_by: string | null;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
}

function keyOf(row: ServiceKeyRow): ServiceKey {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    lastCharacters: row.last_characters,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}

/** Service keys in PostgreSQL. */
export function postgresServiceKeyStore(database: Database): ServiceKeyStore {
  return {
    create: ({ reference, name, scopes, lastCharacters, createdBy, expiresAt, maxKeys }) =>
      database.transaction(async (within) => {
        await within.query({ text: lockKeys });
        if (createdBy !== null) {
          const { userId, sessionId } = createdBy;
          const admins = await within.query({ text: lockAdmin, values: [userId] });
          const sessions = await within.query({ text: findSession, values: [userId, sessionId] });
          if (admins.length === 0 || sessions.length === 0) return { outcome: 'session_ended' };
        }
        const about = [name, scopes, lastCharacters, createdBy?.userId ?? null];
        const values = [
          reference.keyId,
          reference.digest,
          ...about,
          expiresAt?.toISOString() ?? null,
          maxKeys,
        ];
        const [row] = await within.query<ServiceKeyRow>({ text: create, values });
        return row === undefined ? { outcome: 'too_many' } : { outcome: 'created', key: keyOf(row) };
      }),
    async keys() {
      return (await database.query<ServiceKeyRow>({ text: keys })).map(keyOf);
    },
    async remove(keyId) {
      return (await database.query({ text: remove, values: [keyId] })).length > 0;
    },
    async findCaller({ keyId, digest }) {
      const [row] = await database.query<{ id: string; scopes: ServiceScope[]; is_stale: boolean }>({
        name: 'find_service_caller',
        text: findCaller,
        values: [keyId, digest],
      });
      if (row === undefined) return null;
      if (row.is_stale) {
        await database.query({
          name: 'update_service_key_use',
          mayWaitForLock: true,
          text: updateLastUse,
          values: [row.id],
        });
      }
      return { by: { kind: 'service_key', keyId: row.id, scopes: row.scopes } };
    },
  };
}
