import { awaitUntil } from '../../src/testing/await-until.js';
import type { Account } from './api-client.js';
import type { Storage } from './storage.js';

/** Locks all balances while `work` runs, so that chats cannot proceed. */
export async function withBlockedChats<Result>(
  storage: Storage,
  work: () => Promise<Result>,
): Promise<Result> {
  return storage.withDatabase((database) =>
    database.transaction(async (within) => {
      await within.query({ text: 'select 1 from balances for update' });
      return work();
    }),
  );
}

/** Waits until `count` statements wait for a lock. */
export async function waitForBlockedChats(storage: Storage, count: number): Promise<void> {
  await awaitUntil(`${count} chats are blocked`, 50_000, () =>
    storage.withDatabase(async (database) => {
      const text = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      return (await database.query({ text })).length >= count || null;
    }),
  );
}

/** Sends a message. Resolves once its stream has started. */
export function openChatStream(
  url: string,
  { authToken }: Account,
  message = 'Are you still there?',
): Promise<Response> {
  return fetch(`${url}/api/chat/`, {
    method: 'POST',
    headers: { Authorization: `Token ${authToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ message, stream: true }),
  });
}
