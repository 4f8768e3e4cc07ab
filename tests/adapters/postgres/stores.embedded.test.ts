import * as vitest from 'vitest';
import type { Database } from '../../../src/adapters/postgres/database.js';
import { everyStoreContract } from '../../../src/testing/every-store.contract.js';
import { chosenSeed } from '../../seed.js';
import { embeddedTestDatabase } from '../../setup/databases.js';
import { refusedByCitus } from './refused-by-citus.js';
import { sqlHarness } from './sql-harness.js';

/** Every statement that a store has sent. */
const sent = new Map<string, string>();

everyStoreContract(
  vitest,
  'embedded',
  async () => {
    const opened = await embeddedTestDatabase({ isMigrated: true });
    const harness = sqlHarness(opened);
    const { stores } = sqlHarness({ ...opened, database: recording(opened.database) });
    return { ...harness, stores };
  },
  chosenSeed(),
);

function recording(database: Database): Database {
  const record = ({ name, text }: { name?: string; text: string }) => {
    sent.set(text, name ?? text.trim().slice(0, 60));
  };
  return {
    ...database,
    query: (statement) => {
      record(statement);
      return database.query(statement);
    },
    transaction: (work) =>
      database.transaction((within) =>
        work({
          query: (statement) => {
            record(statement);
            return within.query(statement);
          },
        }),
      ),
  };
}

/** Statements for several users, which are not sent to a distributed database. */
const batches = ['reserve_batch', 'settle_batch', 'find_callers', 'read_balances'];
/** It is left out there. See `skipLocked`. */
const skipping = /for update (?:of \w+ )?skip locked/g;

vitest.test('Citus takes every statement that the stores have sent', async ({ skip }) => {
  if (sent.size === 0) skip('No contract has run before.');
  const refused = await Promise.all(
    [...sent]
      .filter(([, name]) => !batches.includes(name))
      .map(async ([text, name]) => ({ name, reasons: await refusedByCitus(text.replaceAll(skipping, '')) })),
  );
  vitest.expect(refused.filter(({ reasons }) => reasons.length > 0)).toEqual([]);
});
