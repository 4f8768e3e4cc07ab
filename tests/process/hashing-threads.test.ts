import { readdir, readFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { logIn, register } from './api-client.js';
import { killLeftovers, startServer } from './server-process.js';
import { storageOn } from './storage.js';

afterEach(killLeftovers);

const niceIncrement = 10;
const mostNiceness = 19;

/** How nice each thread of a process is to the others; only Linux tells. */
async function nicenessOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const stats = await Promise.all(threads.map((id) => statOf(`/proc/${pid}/task/${id}/stat`)));
  return stats.flatMap((stat) =>
    stat === '' ? [] : [Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])],
  );
}

/** Empty for a thread that has ended meanwhile. */
function statOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

test('passwords are hashed by threads that give way to everything else', async () => {
  const storage = await storageOn('PostgreSQL');
  const server = await startServer(storage.environment);
  await register(server.url, 'jane_doe');
  await logIn(server.url, 'jane_doe');
  if (process.platform === 'linux') {
    const threads = await nicenessOf(server.pid);
    // The whole suite may have been told to give way.
    const polite = Math.min(mostNiceness, Math.min(...threads) + niceIncrement);
    expect(threads).toContain(polite);
  }
  expect(await server.terminate()).toMatchObject({ code: 0 });
  await storage.remove();
}, 300_000);
