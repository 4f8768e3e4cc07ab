import pg from 'pg';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { postgresTestDatabase } from '../setup/databases.js';
import { killLeftovers, runCommand } from './server-process.js';

afterEach(killLeftovers);

test('a server on a database that has its tables and takes no writes says why it does not start', async () => {
  const { url, drop } = await postgresTestDatabase({ isMigrated: true });
  onTestFinished(drop);
  const administrator = new pg.Client({ connectionString: url });
  await administrator.connect();
  const name = new URL(url).pathname.slice(1);
  await administrator.query(`alter database ${name} set default_transaction_read_only = on`);
  await administrator.end();
  const { exitCode, output } = await runCommand(['serve'], { DATABASE_URL: url, PORT: '0' });
  expect(output).toMatch(
    /The database is not available\. The reason: cannot execute \w+ in a read-only transaction\./,
  );
  expect(output).not.toContain('    at ');
  expect(exitCode).toBe(1);
});
