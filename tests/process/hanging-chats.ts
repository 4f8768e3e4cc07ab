import { awaitUntil } from '../../src/testing/await-until.js';
import type { Account } from './api-client.js';
import type { Storage } from './storage.js';

/** Keeps every chat waiting for as long as `work` takes: their balances are locked. */
export async function whileChatsHang<Result>(storage: Storage, work: () => Promise<Result>): Promise<Result> {
  return storage.withDatabase((database) =>
    database.transaction(async (within) => {
      await within.query({ text: 'select 1 from balances for update' });
      return work();
    }),
  );
}

/** Resolves when that many statements wait for a lock. */
export async function chatsHang(storage: Storage, count: number): Promise<void> {
  await awaitUntil(`${count} chats hang`, 50_000, () =>
    storage.withDatabase(async (database) => {
      const text = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      return (await database.query({ text })).length >= count || null;
    }),
  );
}

/** Sends a message; resolves once its stream has begun. */
export function openStream(
  url: string,
  { accessSecret }: Account,
  message = 'Are you still there?',
): Promise<Response> {
  return fetch(`${url}/api/chat/`, {
    method: 'POST',
    headers: { Authorization: `Token ${accessSecret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ message, stream: true }),
  });
}
