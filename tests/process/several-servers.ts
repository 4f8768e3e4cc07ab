import { afterEach, beforeEach } from 'vitest';
import type { Database } from '../../src/adapters/postgres/database.js';
import { killLeftovers, runProgram, startServer, untilReady, type ServerProcess } from './server-process.js';
import { storageOn, type Storage } from './storage.js';

/** A PostgreSQL database for each test of a file, and two servers on it. */
export function twoServersOnPostgres() {
  let storage: Storage;
  beforeEach(async () => {
    storage = await storageOn('PostgreSQL');
  });
  afterEach(async () => {
    await killLeftovers();
    await storage.remove();
  });
  return {
    storage: () => storage,
    startTwo: (environment: Record<string, string>): Promise<[ServerProcess, ServerProcess]> => {
      const settings = { ...storage.environment, ...environment };
      return Promise.all([startServer(settings), startServer(settings)]);
    },
  };
}

/** Starts servers at once on one PostgreSQL and waits until all are ready. */
export async function startAtOnce(storage: Storage, count: number): Promise<ServerProcess[]> {
  const runs = Array.from({ length: count }, () =>
    runProgram(['serve'], { PORT: '0', DATABASE_POOL_SIZE: '16', ...storage.environment }),
  );
  return Promise.all(runs.map((run) => untilReady(run)));
}

/** How often each migration was run, by what the servers said; and what the database has recorded of them. */
export async function migrationsRun(
  servers: readonly ServerProcess[],
  database: Database,
): Promise<{ said: string[]; recorded: string[] }> {
  const said = servers.flatMap((server) => {
    const line = /^Migrated the database: (.*)\.$/m.exec(server.output())?.[1];
    return line?.split(', ').map((file) => file.replace(/^\d+_|\.sql$/g, '')) ?? [];
  });
  const rows = await database.query<{ name: string }>({ text: 'select name from migrations order by id' });
  return { said, recorded: rows.map(({ name }) => name) };
}
