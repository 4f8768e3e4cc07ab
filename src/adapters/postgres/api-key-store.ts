import type { ApiKey } from '../../domain/auth/api-key.js';
import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { Database } from './database.js';
import { lockUser, userOf, type UserRow } from './user-rows.js';

const lockOwner = `select id from users where id = $1 for update`;

// Runs with the account locked: removing all keys ends the sessions under the same lock.
const findSession = `select id from sessions where user_id = $1 and id = $2`;

// Runs with the account locked, so that concurrent creations count each other.
const create = `
  insert into api_keys (user_id, id, digest, name, last_characters, expires_at, models)
  select $1, $2::uuid, decode($3, 'hex'), $4, $5, $6::timestamptz, $8::text[]
  where (select count(*) from api_keys where user_id = $1) < $7
  returning id, name, last_characters, created_at, expires_at, last_used_at, models`;

const keys = `
  select id, name, last_characters, created_at, expires_at, last_used_at, models
  from api_keys where user_id = $1 order by id desc`;

const remove = `delete from api_keys where user_id = $1 and id = $2 returning id`;

const removeAll = `
  with owner as materialized (${lockUser})
  delete from api_keys where user_id = (select id from owner) returning id`;

const findCaller = `
  select u.id, u.username, u.email, u.email_verified, u.role, u.status, u.created_at, k.id as key_id, k.models,
    coalesce(k.last_used_at < now() - interval '1 minute', true) as is_stale
  from api_keys k join users u on u.id = k.user_id
  where k.user_id = $1 and k.digest = decode($2, 'hex') and (k.expires_at is null or k.expires_at > now())
    and u.status = 'active'`;

const updateLastUse = `update api_keys set last_used_at = now() where user_id = $1 and id = $2`;

interface KeyRow {
  id: string;
  name: string;
  last_characters: string;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  models: string[] | null;
}

function keyOf(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    lastCharacters: row.last_characters,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    models: row.models,
  };
}

/** API keys in PostgreSQL. */
export function postgresApiKeyStore(database: Database): ApiKeyStore {
  return {
    create: ({ id, sessionId, authToken, name, lastCharacters, expiresAt, models, maxKeys }) =>
      database.transaction(async (within) => {
        const { userId, digest } = authToken;
        await within.query({ text: lockOwner, values: [userId] });
        const sessions = await within.query({ text: findSession, values: [userId, sessionId] });
        if (sessions.length === 0) return { outcome: 'session_ended' };
        const expiry = expiresAt?.toISOString() ?? null;
        const values = [userId, id, digest, name, lastCharacters, expiry, maxKeys, models];
        const [row] = await within.query<KeyRow>({ text: create, values });
        return row === undefined ? { outcome: 'too_many' } : { outcome: 'created', key: keyOf(row) };
      }),
    async keys(userId) {
      const rows = await database.query<KeyRow>({ text: keys, values: [userId] });
      return rows.map(keyOf);
    },
    async remove(userId, keyId) {
      const rows = await database.query({ text: remove, values: [userId, keyId] });
      return rows.length > 0;
    },
    async removeAll(userId) {
      return (await database.query({ text: removeAll, values: [userId] })).length;
    },
    async findCaller({ userId, digest }) {
      const [row] = await database.query<
        UserRow & Pick<KeyRow, 'models'> & { key_id: string; is_stale: boolean }
      >({
        name: 'find_key_caller',
        text: findCaller,
        values: [userId, digest],
      });
      if (row === undefined) return null;
      if (row.is_stale) {
        await database.query({
          name: 'update_key_use',
          mayWaitForLock: true,
          text: updateLastUse,
          values: [row.id, row.key_id],
        });
      }
      return { user: userOf(row), by: { kind: 'api_key', keyId: row.key_id, models: row.models } };
    },
  };
}
