import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { logIn, register } from './api-client.js';
import { startServer } from './server-process.js';
import { storagePerTest } from './storage.js';

const storage = storagePerTest('PostgreSQL');

const niceIncrement = 10;
const maxNiceness = 19;

/** Returns the nice value of each thread of a process, on Linux. */
async function nicenessOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const stats = await Promise.all(threads.map((id) => statOf(`/proc/${pid}/task/${id}/stat`)));
  return stats.flatMap((stat) =>
    stat === '' ? [] : [Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])],
  );
}

/** Returns an empty text if the thread has ended in the meantime. */
function statOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

test('passwords are hashed by threads with a low priority', async () => {
  const server = await startServer(storage().environment);
  await register(server.url, 'jane_doe');
  await logIn(server.url, 'jane_doe');
  if (process.platform === 'linux') {
    const threads = await nicenessOf(server.pid);
    // The test suite itself may run with a low priority.
    const expected = Math.min(maxNiceness, Math.min(...threads) + niceIncrement);
    expect(threads).toContain(expected);
  }
  expect(await server.terminate()).toMatchObject({ code: 0 });
}, 300_000);
