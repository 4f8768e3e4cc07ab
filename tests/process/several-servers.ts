import type { Database } from '../../src/adapters/postgres/database.js';
import { runProgram, startServer, waitUntilReady, type ServerProcess } from './server-process.js';
import { storagePerTest, type Storage } from './storage.js';

/** A PostgreSQL database for each test of a file, and two servers on it. */
export function twoServersOnPostgres() {
  const storage = storagePerTest('PostgreSQL');
  return {
    storage,
    startTwo: (environment: Record<string, string>): Promise<[ServerProcess, ServerProcess]> => {
      const settings = { ...storage().environment, ...environment };
      return Promise.all([startServer(settings), startServer(settings)]);
    },
  };
}

/** Starts servers at the same time on one PostgreSQL and waits until all are ready. */
export async function startSimultaneously(storage: Storage, count: number): Promise<ServerProcess[]> {
  const runs = Array.from({ length: count }, () =>
    runProgram(['serve'], { PORT: '0', DATABASE_POOL_SIZE: '16', ...storage.environment }),
  );
  return Promise.all(runs.map((run) => waitUntilReady(run)));
}

/** Returns the migrations that the servers have logged, and those that the database has recorded. */
export async function migrationsRun(
  servers: readonly ServerProcess[],
  database: Database,
): Promise<{ logged: string[]; recorded: string[] }> {
  const logged = servers.flatMap((server) => {
    const line = /^Migrated the database: (.*)\.$/m.exec(server.output())?.[1];
    return line?.split(', ').map((file) => file.replace(/^\d+_|\.sql$/g, '')) ?? [];
  });
  const rows = await database.query<{ name: string }>({ text: 'select name from migrations order by id' });
  return { logged, recorded: rows.map(({ name }) => name) };
}
