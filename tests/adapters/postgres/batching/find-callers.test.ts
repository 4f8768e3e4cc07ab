import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCallers } from '../../../../src/adapters/postgres/auth-token-store.js';
import { createAccount, newDigest, newId } from '../../../../src/testing/accounts.js';
import { sqlEngines, type SqlHarness } from '../sql-harness.js';

describe.each(Object.entries(sqlEngines))('callers looked up in one batch (%s)', (_, open) => {
  let harness: SqlHarness;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness.close());

  test('get the session of their own auth token, even if a user has several', async () => {
    const [jane, john] = [await createAccount(harness.stores, 0), await createAccount(harness.stores, 0)];
    const sessions = [await openSession(jane), await openSession(jane), await openSession(john)];
    const [first, second, other] = sessions.map(({ access }) => access);
    if (first === undefined || second === undefined || other === undefined)
      throw new TypeError('No session.');
    const presented = [
      second,
      { ...first, digest: newDigest() },
      { ...first, kind: 'refresh' as const },
      first,
      { ...first, userId: john },
      other,
    ];
    const rows = await readCallers(harness.database, presented);
    expect(rows.map((row) => row && [row.id, row.session_id])).toEqual([
      [jane, sessions[1]?.sessionId],
      null,
      null,
      [jane, sessions[0]?.sessionId],
      null,
      [john, sessions[2]?.sessionId],
    ]);
  });

  async function openSession(userId: string) {
    const sessionId = newId();
    const access = { kind: 'access' as const, userId, digest: newDigest() };
    const refresh = { kind: 'refresh' as const, userId, digest: newDigest() };
    const pair = { id: newId(), access, accessTtlMs: 60_000, refresh, refreshTtlMs: 60_000 };
    const opening = { userId, passwordVersion: 1, sessionId, pair };
    const session = { ...opening, isProof: true, userAgent: null };
    expect(await harness.stores.authTokenStore.openSession(session)).not.toBeNull();
    return { sessionId, access };
  }
});
