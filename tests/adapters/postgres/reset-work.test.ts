import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresOneTimeTokenStore } from '../../../src/adapters/postgres/one-time-token-store.js';
import { postgresUserStore } from '../../../src/adapters/postgres/user-store.js';
import { embeddedTestDatabase, type TestDatabase } from '../../setup/databases.js';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await embeddedTestDatabase({ isMigrated: true });
});
afterAll(() => opened.drop());

test('requesting a password reset writes to the write-ahead log, whether the account exists or not', async () => {
  const { database } = opened;
  await postgresUserStore(database).create({
    ...{ id: newId(), username: 'jane', usernameKey: 'jane', passwordHash: 'a hash', role: 'user' },
    ...{ email: 'jane@example.com', emailKey: 'jane@example.com' },
    openingGrant: { entryId: newId(), amount: 0 },
  });
  const store = postgresOneTimeTokenStore(database);
  const position = async () => {
    const [row] = await database.query<{ position: string }>({
      text: 'select pg_current_wal_insert_lsn()::text as position',
    });
    return row?.position;
  };
  for (const emailKey of [
    'jane@example.com',
    'unknown@example.com',
    'jane@example.com',
    'unknown@example.com',
  ]) {
    const before = await position();
    expect(await position()).toBe(before);
    await store.issueReset({ emailKey, digest: '00'.repeat(32), ttlMs: 1000 });
    expect(await position(), emailKey).not.toBe(before);
  }
});
