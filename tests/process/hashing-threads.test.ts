import { readdir, readFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { logIn, register } from './api-client.js';
import { killLeftovers, startServer } from './server-process.js';
import { storageOn } from './storage.js';

afterEach(killLeftovers);

/** How nice each thread of a process is to the others; only Linux tells. */
async function nicenessOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const stats = await Promise.all(threads.map((id) => readFile(`/proc/${pid}/task/${id}/stat`, 'utf8')));
  return stats.map((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]));
}

test('passwords are hashed by threads that give way to everything else', async () => {
  const storage = await storageOn('PostgreSQL');
  const server = await startServer(storage.environment);
  await register(server.url, 'jane_doe');
  await logIn(server.url, 'jane_doe');
  if (process.platform === 'linux') {
    const polite = (await nicenessOf(server.pid)).filter((niceness) => niceness === 10);
    expect(polite.length).toBeGreaterThan(0);
  }
  expect(await server.terminate()).toMatchObject({ code: 0 });
  await storage.remove();
});
