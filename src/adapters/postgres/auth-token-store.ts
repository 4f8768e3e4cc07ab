import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Database } from './database.js';
import { userOf, type UserRow } from './rows.js';

const openSession = `
  with opened as (
    insert into sessions (user_id, id, user_agent)
    select id, $2::uuid, $3 from users where id = $1 and status = 'active'
    returning user_id, id
  )
  insert into auth_tokens (user_id, digest, kind, session_id, expires_at)
  select user_id, decode($4, 'hex'), $5, id, now() + $6::bigint * interval '1 millisecond' from opened
  returning expires_at`;

const findCaller = `
  select u.id, u.username, u.email, u.email_verified, u.role, u.status, u.created_at, t.session_id
  from auth_tokens t join users u on u.id = t.user_id
  where t.user_id = $1 and t.digest = decode($2, 'hex') and t.kind = $3 and t.expires_at > now()
    and u.status = 'active'`;

const endSession = `delete from sessions where user_id = $1 and id = $2 returning id`;

const purgeExpired = `
  delete from sessions s
  where not exists (
    select 1 from auth_tokens t where t.user_id = s.user_id and t.session_id = s.id and t.expires_at > now())
  returning s.id`;

/** Sessions and auth tokens in PostgreSQL. */
export function postgresAuthTokenStore(database: Database): AuthTokenStore {
  return {
    async openSession({ sessionId, authToken, ttlMs, userAgent }) {
      const [row] = await database.query<{ expires_at: Date }>({
        name: 'open_session',
        text: openSession,
        values: [authToken.userId, sessionId, userAgent, authToken.digest, authToken.kind, ttlMs],
      });
      return row === undefined ? null : { expiresAt: row.expires_at };
    },
    async findCaller(authToken) {
      const [row] = await database.query<UserRow & { session_id: string }>({
        name: 'find_caller',
        text: findCaller,
        values: [authToken.userId, authToken.digest, authToken.kind],
      });
      return row === undefined ? null : { user: userOf(row), sessionId: row.session_id };
    },
    async endSession(userId, sessionId) {
      const rows = await database.query({ text: endSession, values: [userId, sessionId] });
      return rows.length > 0;
    },
    async purgeExpired() {
      const rows = await database.query({ text: purgeExpired });
      return rows.length;
    },
  };
}
