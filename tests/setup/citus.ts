import { randomBytes } from 'node:crypto';
import type { Database } from '../../src/adapters/postgres/database.js';
import { distribute, shardedDatabase } from '../../src/adapters/postgres/distribute.js';
import { pgDatabase } from '../../src/adapters/postgres/pg-database.js';
import { quoteIdentifier } from '../../src/adapters/postgres/schema.js';
import type { TestDatabase } from './databases.js';
import { migrationsDirectory } from './migrations-directory.js';
import { runAsAdmin } from './run-as-admin.js';

/** The URL of the coordinator of a Citus, whose user is a superuser. */
function coordinatorUrl(): string {
  const url = process.env['TEST_CITUS_URL'];
  if (url === undefined || url === '') {
    throw new TypeError('Set TEST_CITUS_URL to the database of the coordinator of a Citus with workers.');
  }
  return url;
}

/** Opens a new schema of the Citus of TEST_CITUS_URL: a database has its own workers, a schema does not. */
export async function citusTestDatabase({ isDistributed = true, poolSize = 20 } = {}): Promise<
  TestDatabase & { open: () => Database }
> {
  const schema = `test_${randomBytes(8).toString('hex')}`;
  const open = () =>
    pgDatabase({
      connectionString: coordinatorUrl(),
      schema,
      poolSize,
      connectTimeoutMs: 60_000,
      statementTimeoutMs: 60_000,
      onIdleError: (error) => {
        console.error(`An idle connection broke: ${error.message}`);
      },
    });
  const database = open();
  await database.migrate(migrationsDirectory);
  if (isDistributed) await distribute(database);
  return {
    database: isDistributed ? shardedDatabase(database) : database,
    open,
    drop: async () => {
      await database.close();
      await runAsAdmin(coordinatorUrl(), `drop schema ${quoteIdentifier(schema)} cascade`);
    },
  };
}
