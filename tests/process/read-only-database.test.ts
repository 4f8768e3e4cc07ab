import pg from 'pg';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';
import { postgresTestDatabase } from '../setup/databases.js';
import { call, register } from './api-client.js';
import { killProcesses, runCommand, startServer, statusOf, waitForStatus } from './server-process.js';

/** The server tests again whether the database accepts writes after 5 s; a busy machine takes longer. */
const timeoutMs = 50_000;

afterEach(killProcesses);

/** Makes the database read-only or writable for every connection that is opened from now on, and closes all others. */
async function setReadOnly(url: string, isReadOnly: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('set default_transaction_read_only = off');
  const name = new URL(url).pathname.slice(1);
  await client.query(
    `alter database ${name} set default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`,
  );
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
    [name],
  );
  await client.end();
}

test('a server on a migrated, read-only database exits with the reason', async () => {
  const { url, drop } = await postgresTestDatabase({ isMigrated: true });
  onTestFinished(drop);
  await setReadOnly(url, true);
  const { exitCode, output } = await runCommand(['serve'], { DATABASE_URL: url, PORT: '0' });
  expect(output).toMatch(
    /The database is not available\. The reason: cannot execute \w+ in a read-only transaction\./,
  );
  expect(output).not.toContain('    at ');
  expect(exitCode).toBe(1);
});

test('a running server is live but not ready while its database is read-only', async () => {
  const { url, drop } = await postgresTestDatabase({ isMigrated: true });
  onTestFinished(drop);
  const server = await startServer({ DATABASE_URL: url });
  const { authToken } = await register(server.url, 'jane_doe');
  const readStatus = async () => (await call(server.url, '/api/tokens/', { authToken })).status;

  await setReadOnly(url, true);
  // A database that is read-only and reachable: a balance can be read while the server is not ready.
  await awaitUntil('the server is not ready while the database can be read', timeoutMs, async () =>
    (await readStatus()) === 200 && (await statusOf(`${server.url}/health/ready`)) === 503 ? true : null,
  );
  expect(await statusOf(`${server.url}/health/live`)).toBe(200);
  expect(await readStatus()).toBe(200);

  await setReadOnly(url, false);
  await waitForStatus(server, '/health/ready', 200, timeoutMs);
  expect(await server.terminate()).toMatchObject({ code: 0 });
}, 180_000);
