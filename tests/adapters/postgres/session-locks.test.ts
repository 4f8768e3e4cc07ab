import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuthTokenReference } from '../../../src/domain/auth/auth-token.js';
import { createAccount, newDigest, newId, newPassword, newUser } from '../../../src/testing/accounts.js';
import { postgresTestDatabase } from '../../setup/databases.js';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';

const ttlMs = 60 * 60 * 1000;
const opened = await postgresTestDatabase({ isMigrated: true });
const stores = postgresStores(opened.database);
const other = new pg.Client({ connectionString: opened.url });

beforeAll(async () => {
  await other.connect();
});

afterAll(async () => {
  await other.end();
  await opened.drop();
});

function newPair(userId: string) {
  const access: AuthTokenReference = { kind: 'access', userId, digest: newDigest() };
  const refresh: AuthTokenReference = { kind: 'refresh', userId, digest: newDigest() };
  return { id: newId(), access, accessTtlMs: ttlMs, refresh, refreshTtlMs: ttlMs };
}

async function openSession(userId: string, passwordVersion = 1) {
  const [sessionId, pair] = [newId(), newPair(userId)];
  const session = { userId, passwordVersion, sessionId, pair, isProof: true, userAgent: null };
  return { sessionId, pair, expiry: await stores.authTokenStore.openSession(session) };
}

/** Opens a session in a transaction that stays open. */
async function beginSession(userId: string): Promise<AuthTokenReference> {
  const [sessionId, { id, access }] = [newId(), newPair(userId)];
  await other.query('begin');
  await other.query('select 1 from users where id = $1 for share', [userId]);
  await other.query('insert into sessions (user_id, id) values ($1, $2)', [userId, sessionId]);
  await other.query(
    `insert into auth_tokens (user_id, session_id, pair_id, kind, digest, expires_at)
     values ($1, $2, $3, 'access', decode($4, 'hex'), now() + interval '1 hour')`,
    [userId, sessionId, id, access.digest],
  );
  return access;
}

/** Resolves to true when `work` waits for a lock, or to false when it ends without waiting. */
async function waits(work: Promise<unknown>): Promise<boolean> {
  const state = { ended: false };
  const end = () => {
    state.ended = true;
  };
  work.then(end, end);
  const text = `select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  for (;;) {
    if ((await opened.database.query({ text })).length > 0) return true;
    if (state.ended) return false;
  }
}

test('a password change ends a session that is being opened with the old password', async () => {
  const userId = await createAccount(stores, 1);
  const access = await beginSession(userId);
  const changed = stores.userStore.changePassword(newPassword(userId));
  expect(await waits(changed)).toBe(true);
  await other.query('commit');
  expect(await changed).toEqual({ removedKeys: 0 });
  expect(await stores.authTokenStore.findCaller(access)).toBeNull();
});

test('a password reset ends a session that is being opened with the old password', async () => {
  const user = newUser(1, { email: 'waiting@example.org', emailKey: newId() });
  await stores.userStore.create(user);
  const presented = { kind: 'password_reset', userId: user.id, digest: newDigest() } as const;
  await stores.oneTimeTokenStore.issueReset({ emailKey: user.emailKey ?? '', ...presented, ttlMs });
  const access = await beginSession(user.id);
  const reset = stores.oneTimeTokenStore.resetPassword(presented, 'new');
  expect(await waits(reset)).toBe(true);
  await other.query('commit');
  expect(await reset).toEqual({ removedKeys: 0 });
  expect(await stores.authTokenStore.findCaller(access)).toBeNull();
});

test('opening a session waits for a concurrent password change, and is then rejected', async () => {
  const userId = await createAccount(stores, 1);
  await other.query('begin');
  await other.query('update users set password_version = password_version + 1 where id = $1', [userId]);
  const session = openSession(userId);
  expect(await waits(session)).toBe(true);
  await other.query('commit');
  expect((await session).expiry).toBeNull();
});

test.each([
  { change: 'loses the role', text: `update users set role = 'user' where id = $1` },
  { change: 'is disabled', text: `update users set status = 'disabled' where id = $1` },
])('a service key that is created while its administrator $change is not created', async ({ text }) => {
  const admin = newUser(0, { role: 'admin' });
  await stores.userStore.create(admin);
  const { sessionId } = await openSession(admin.id);
  await other.query('begin');
  await other.query(text, [admin.id]);
  const created = stores.serviceKeyStore.create({
    ...{ reference: { keyId: newId(), digest: newDigest() }, name: 'images', scopes: ['metering'] },
    ...{ lastCharacters: 'wxyz', createdBy: { userId: admin.id, sessionId }, expiresAt: null, maxKeys: 1000 },
  });
  const waited = await waits(created);
  await other.query('commit');
  expect(await created).toEqual({ outcome: 'session_ended' });
  expect(waited).toBe(true);
});

test('a refresh that waits for the end of its session has no auth token locked', async () => {
  const userId = await createAccount(stores, 1);
  const { sessionId, pair } = await openSession(userId);
  await other.query('begin');
  await other.query('select 1 from sessions where id = $1 for update', [sessionId]);
  const next = newPair(userId);
  const refreshed = stores.authTokenStore.refreshSession({
    presented: pair.refresh,
    pair: next,
    graceMs: 10_000,
  });
  expect(await waits(refreshed)).toBe(true);
  await other.query('select 1 from auth_tokens where session_id = $1 for update nowait', [sessionId]);
  await other.query('delete from sessions where id = $1', [sessionId]);
  await other.query('commit');
  expect(await refreshed).toEqual({ outcome: 'unknown' });
  expect(await stores.authTokenStore.findCaller(next.access)).toBeNull();
});

test('ending several sessions waits for the lock of the account without locking a session', async () => {
  const userId = await createAccount(stores, 1);
  const { sessionId } = await openSession(userId);
  for (const end of [
    () => stores.authTokenStore.endOtherSessions(userId, null),
    () => stores.userStore.changePassword(newPassword(userId)),
    () => stores.userStore.erase(userId),
  ]) {
    await other.query('begin');
    await other.query('select 1 from users where id = $1 for no key update', [userId]);
    const ended = end();
    expect(await waits(ended)).toBe(true);
    await other.query('select 1 from sessions where id = $1 for update nowait', [sessionId]);
    await other.query('commit');
    await ended;
  }
});

test('purging expired sessions skips locked rows', async () => {
  const userId = await createAccount(stores, 1);
  const { sessionId } = await openSession(userId);
  await opened.database.query({
    text: `update auth_tokens set expires_at = now() - interval '1 second' where user_id = $1`,
    values: [userId],
  });
  await other.query('begin');
  await other.query('select 1 from sessions where id = $1 for update', [sessionId]);
  await other.query(`select 1 from auth_tokens where session_id = $1 and kind = 'refresh' for update`, [
    sessionId,
  ]);
  const purged = stores.authTokenStore.purgeExpired();
  expect(await waits(purged)).toBe(false);
  expect(await purged).toBe(0);
  await other.query('commit');
  expect(await stores.authTokenStore.purgeExpired()).toBe(1);
});
