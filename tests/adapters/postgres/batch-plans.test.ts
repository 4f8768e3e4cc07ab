import { afterAll, beforeAll, expect, test } from 'vitest';
import { reserveBatch } from '../../../src/adapters/postgres/reserve.js';
import { settleBatch } from '../../../src/adapters/postgres/settle-statements.js';
import { postgresTestDatabase, type TestDatabase } from '../../setup/databases.js';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await postgresTestDatabase({ isMigrated: true });
});
afterAll(() => opened.drop());

test.each([
  ['reserves', reserveBatch],
  ['settles', settleBatch],
])(
  'the plan of a batch that %s finds each row by its key, even if it is made for empty tables',
  async (_, text) => {
    const plan = await opened.database.query<{ 'QUERY PLAN': string }>({
      text: `explain (generic_plan) ${text}`,
    });
    const lines = plan.map((row) => row['QUERY PLAN']);
    expect(lines.filter((line) => line.includes('Index Scan using'))).not.toEqual([]);
    expect(lines.filter((line) => line.includes('Seq Scan on'))).toEqual([]);
    expect(lines.filter((line) => line.includes('exchanges_hold_deadlines'))).toEqual([]);
  },
);
