import * as vitest from 'vitest';
import type { Database } from '../../../src/adapters/postgres/database.js';
import { quoteIdentifier } from '../../../src/adapters/postgres/schema.js';
import { tablePlacements } from '../../../src/adapters/postgres/table-placement.js';
import { everyStoreContract } from '../../../src/testing/every-store.contract.js';
import type { StoreHarness } from '../../../src/testing/store-harness.js';
import { chosenSeed } from '../../seed.js';
import { citusTestDatabase } from '../../setup/citus.js';
import { moveTimesBack, sqlHarness } from './sql-harness.js';

everyStoreContract(vitest, 'Citus', openHarness, chosenSeed());

async function openHarness(): Promise<StoreHarness> {
  const opened = await citusTestDatabase();
  return {
    ...sqlHarness(opened),
    advance: async (ms) => {
      for (const text of moveTimesBack) await changeEverywhere(opened.database, text, ms);
    },
  };
}

/** Runs a statement of `moveTimesBack` on each shard: Citus takes no update that adds an interval to a column. */
async function changeEverywhere(database: Database, text: string, ms: number): Promise<void> {
  const [, start = '', name = ''] = /^(update|delete from) (\w+)/.exec(text) ?? [];
  if (tablePlacements[name]?.kind === 'local') {
    await database.query({ text, values: [ms] });
    return;
  }
  const command = text
    .replaceAll('%', '%%')
    .replace(`${start} ${name}`, `${start} %s`)
    .replaceAll('$1', String(ms));
  const table = `${quoteIdentifier(database.schema)}.${name}`;
  const failed = await database.query<{ result: string }>({
    text: `select result from run_command_on_placements($1::regclass, $2) where not success`,
    values: [table, command],
  });
  if (failed.length > 0) throw new TypeError(`${command}: ${failed.map(({ result }) => result).join(', ')}`);
}
