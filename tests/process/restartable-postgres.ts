import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awaitUntil } from '../../src/testing/await-until.js';
import { connects } from './pgbouncer.js';
import { ownPostgres } from './own-postgres.js';
import { freePort } from '../setup/free-port.js';

const stopTimeoutMs = 30_000;

/** The shutdown mode of PostgreSQL: `fast` aborts transactions, `immediate` is like a crash. */
export type Shutdown = 'fast' | 'immediate';

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const satisfies Record<Shutdown, NodeJS.Signals>;

/** A PostgreSQL server that can be stopped and started. */
export interface RestartablePostgres {
  url: string;
  shutDown(mode: Shutdown): Promise<void>;
  /** Resolves once it accepts connections. */
  start(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

/** Creates and starts a PostgreSQL server that keeps its data when its processes end. */
export async function restartablePostgres(): Promise<RestartablePostgres> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'metered-chat-restarts-'));
  const port = await freePort();
  const { server, url } = ownPostgres({ databaseDir, port, settings: [], isPersistent: false });
  await server.initialise();
  const start = async () => {
    await server.start();
    await awaitUntil('PostgreSQL accepts connections', stopTimeoutMs, () => connects(url));
  };
  await start();
  return {
    url,
    start,
    shutDown: async (mode) => {
      const [pid = ''] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), signals[mode]);
      await awaitUntil('PostgreSQL has ended', stopTimeoutMs, () => Promise.resolve(hasEnded(Number(pid))));
    },
    remove: () => server.stop(),
  };
}

function hasEnded(pid: number): true | null {
  try {
    process.kill(pid, 0);
    return null;
  } catch {
    return true;
  }
}
