import type { AuthTokenReference } from '../../domain/auth/auth-token.js';
import type { Caller } from '../../domain/auth/caller.js';
import type { AuthTokenPair, PairExpiry } from '../../domain/auth/session.js';
import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Database, SqlValue } from './database.js';
import { skipLocked } from './row-locks.js';
import { lockUser, userOf, type UserRow } from './user-rows.js';
import { batchStatements } from './batching/batch-statements.js';

// The lock makes a concurrent password change wait. It then finds this session, and ends it. A shared lock would be enough, but on
// Citus, where a lock of `users` is one of its copies, two of them would be a deadlock.
const openSession = `
  with opened as (
    insert into sessions (user_id, id, user_agent, proved_at)
    select id, $7::uuid, $8, case when $10::boolean then now() end from users where id = $1 and status = 'active' and password_version = $9
    for no key update
    returning user_id, id
  )
  insert into auth_tokens (user_id, session_id, pair_id, kind, digest, expires_at)
  select user_id, id, $2::uuid, kind, decode(digest, 'hex'), now() + ttl * interval '1 millisecond'
  from opened, (values ('access', $3, $4::bigint), ('refresh', $5, $6::bigint)) as pair (kind, digest, ttl)
  returning kind, expires_at, session_id, false as reused`;

// A statement that writes auth tokens of a session locks the session first, as ending the session does. So concurrent
// refreshes with one token wait for each other: one consumes it, and the others read when. A statement that ends several
// sessions locks the account before the sessions.
const refreshSession = `
  with presented as (
    select t.user_id, t.session_id, t.pair_id, t.consumed_at
    from auth_tokens t join users u on u.id = t.user_id
      join sessions s on s.user_id = t.user_id and s.id = t.session_id
    where t.user_id = $1 and t.digest = decode($7, 'hex') and t.kind = 'refresh' and t.expires_at > now()
      and u.status = 'active'
    for update of s, t
  ), accepted as (
    select *, clock_timestamp() as moment from presented
    where consumed_at is null or consumed_at > clock_timestamp() - $8::bigint * interval '1 millisecond'
  ), consumed as (
    update auth_tokens set consumed_at = (select moment from accepted)
    where user_id = $1 and digest = decode($7, 'hex') and (select consumed_at is null from accepted)
  ), replaced as (
    delete from auth_tokens
    where user_id = $1 and kind = 'access' and (session_id, pair_id) in (select session_id, pair_id from accepted)
  ), used as (
    update sessions set last_used_at = now() where user_id = $1 and id in (select session_id from accepted)
  ), revoked as (
    delete from sessions where user_id = $1 and id in (select session_id from presented)
      and not exists (select 1 from accepted)
    returning id
  ), minted as (
    insert into auth_tokens (user_id, session_id, pair_id, kind, digest, expires_at)
    select user_id, session_id, $2::uuid, kind, decode(digest, 'hex'), now() + ttl * interval '1 millisecond'
    from accepted, (values ('access', $3, $4::bigint), ('refresh', $5, $6::bigint)) as pair (kind, digest, ttl)
    returning kind, expires_at, session_id
  )
  select kind, expires_at, session_id, false as reused from minted
  union all select null, null, id, true from revoked`;

const callers = `
  select u.id, u.username, u.email, u.email_verified, u.role, u.status, u.created_at, t.session_id,
    s.last_used_at < now() - interval '1 minute' as is_stale
  from auth_tokens t join users u on u.id = t.user_id join sessions s on s.user_id = t.user_id and s.id = t.session_id
  where t.expires_at > now() and u.status = 'active'`;

const findCaller = `${callers} and t.user_id = $1 and t.digest = decode($2, 'hex') and t.kind = $3`;

/** `findCaller` for several auth tokens. */
const findCallers = `
  ${callers
    .replace(
      'from auth_tokens t',
      `from json_to_recordset($1) as presented (user_id uuid, digest text, kind text)
    join auth_tokens t on t.user_id = presented.user_id and t.digest = decode(presented.digest, 'hex')
      and t.kind = presented.kind`,
    )
    .replace('t.session_id,', `t.session_id, t.kind, encode(t.digest, 'hex') as digest,`)}`;

const findImportedCaller = `${callers} and t.digest = decode($1, 'hex') and t.imported and t.kind = 'access'`;

const updateLastUse = `update sessions set last_used_at = now() where user_id = $1 and id = $2`;

const sessions = `
  select id, created_at, last_used_at, user_agent from sessions s
  where user_id = $1 and exists (
    select 1 from auth_tokens t
    where t.user_id = $1 and t.session_id = s.id and t.expires_at > now() and t.consumed_at is null)
  order by last_used_at desc, id desc`;

const endSession = `delete from sessions where user_id = $1 and id = $2 returning id`;

const endOtherSessions = `
  with owner as materialized (${lockUser})
  delete from sessions where user_id = (select id from owner) and id is distinct from $2 returning id`;

const recordProof = `update sessions set proved_at = now() where user_id = $1 and id = $2 returning id`;

const isProved = `
  select id from sessions
  where user_id = $1 and id = $2 and proved_at > now() - $3::bigint * interval '1 millisecond'`;

// Skips locked rows. The next purge deletes them.
const purgeTokens = (skip: string) => `
  delete from auth_tokens where (user_id, digest) in (
    select user_id, digest from auth_tokens where expires_at <= now() ${skip})`;

const purgeSessions = (skip: string) => `
  delete from sessions where (user_id, id) in (
    select s.user_id, s.id from sessions s
    where not exists (
      select 1 from auth_tokens t where t.user_id = s.user_id and t.session_id = s.id and t.expires_at > now())
    ${skip})
  returning id`;

interface PairRow {
  kind: 'access' | 'refresh' | null;
  expires_at: Date;
  session_id: string;
  reused: boolean;
}

/** Sessions and auth tokens in PostgreSQL. */
export function postgresAuthTokenStore(database: Database): AuthTokenStore {
  const findCallerRow = batchStatements<AuthTokenReference, CallerRow | null>(database, {
    runBatch: (presented) => readCallers(database, presented),
    runSingle: async ({ userId, digest, kind }) => {
      const statement = { name: 'find_caller', text: findCaller, values: [userId, digest, kind] };
      const [row] = await database.query<CallerRow>(statement);
      return row ?? null;
    },
  });
  return {
    async openSession({ sessionId, passwordVersion, pair, isProof, userAgent }) {
      const rows = await database.query<PairRow>({
        name: 'open_session',
        mayWaitForLock: true,
        text: openSession,
        values: [...pairValues(pair), sessionId, userAgent, passwordVersion, isProof],
      });
      return expiryOf(rows);
    },
    async refreshSession({ presented, pair, graceMs }) {
      const values = [...pairValues(pair), presented.digest, graceMs];
      const rows = await database.query<PairRow>({ text: refreshSession, values });
      const expiry = expiryOf(rows);
      const [row] = rows;
      if (row?.reused) return { outcome: 'reused' };
      return row === undefined || expiry === null
        ? { outcome: 'unknown' }
        : { outcome: 'refreshed', sessionId: row.session_id, expiry };
    },
    findCaller: async (presented) => callerOf(database, await findCallerRow(presented)),
    async findImportedCaller(digest) {
      const statement = { name: 'find_imported_caller', text: findImportedCaller, values: [digest] };
      const [row] = await database.query<CallerRow>(statement);
      return callerOf(database, row);
    },
    async sessions(userId) {
      const rows = await database.query<{
        id: string;
        created_at: Date;
        last_used_at: Date;
        user_agent: string | null;
      }>({ text: sessions, values: [userId] });
      return rows.map((row) => ({
        id: row.id,
        createdAt: row.created_at,
        lastUsedAt: row.last_used_at,
        userAgent: row.user_agent,
      }));
    },
    async endSession(userId, sessionId) {
      const rows = await database.query({ text: endSession, values: [userId, sessionId] });
      return rows.length > 0;
    },
    async endOtherSessions(userId, keptSessionId) {
      const rows = await database.query({ text: endOtherSessions, values: [userId, keptSessionId] });
      return rows.length;
    },
    async recordProof(userId, sessionId) {
      return (await database.query({ text: recordProof, values: [userId, sessionId] })).length > 0;
    },
    async isProved({ userId, sessionId, maxAgeMs }) {
      return (await database.query({ text: isProved, values: [userId, sessionId, maxAgeMs] })).length > 0;
    },
    async purgeExpired() {
      await database.query({ text: purgeTokens(skipLocked(database)) });
      const rows = await database.query({ text: purgeSessions(skipLocked(database)) });
      return rows.length;
    },
  };
}

type CallerRow = UserRow & { session_id: string; is_stale: boolean };

/**
 * Finds the callers of several auth tokens in one statement. Returns them in the order of `presented`, with null for an
 * auth token that is unknown, expired or of another kind. Each row is matched by its digest, so that an auth token never
 * gets the session of another one, not even of the same user.
 */
export async function readCallers(
  database: Pick<Database, 'query'>,
  presented: readonly AuthTokenReference[],
): Promise<(CallerRow | null)[]> {
  const rowsOfInput = presented.map(({ userId, digest, kind }) => ({ user_id: userId, digest, kind }));
  const values = [JSON.stringify(rowsOfInput)];
  const statement = { name: 'find_callers', text: findCallers, values };
  const rows = await database.query<CallerRow & Pick<AuthTokenReference, 'kind' | 'digest'>>(statement);
  const byReference = new Map(rows.map((row) => [referenceKey({ ...row, userId: row.id }), row]));
  return presented.map((reference) => byReference.get(referenceKey(reference)) ?? null);
}

function referenceKey({ userId, kind, digest }: AuthTokenReference): string {
  return `${userId} ${kind} ${digest}`;
}

/** Converts a row to a caller, and records the use of the session at most once a minute. */
async function callerOf(database: Database, row: CallerRow | null | undefined): Promise<Caller | null> {
  if (row == null) return null;
  if (row.is_stale) {
    await database.query({
      name: 'update_session_use',
      mayWaitForLock: true,
      text: updateLastUse,
      values: [row.id, row.session_id],
    });
  }
  return { user: userOf(row), by: { kind: 'session', sessionId: row.session_id } };
}

function pairValues(pair: AuthTokenPair): SqlValue[] {
  const { access, refresh } = pair;
  return [access.userId, pair.id, access.digest, pair.accessTtlMs, refresh.digest, pair.refreshTtlMs];
}

function expiryOf(rows: readonly PairRow[]): PairExpiry | null {
  const access = rows.find(({ kind }) => kind === 'access');
  const refresh = rows.find(({ kind }) => kind === 'refresh');
  return access === undefined || refresh === undefined
    ? null
    : { accessExpiresAt: access.expires_at, refreshExpiresAt: refresh.expires_at };
}
