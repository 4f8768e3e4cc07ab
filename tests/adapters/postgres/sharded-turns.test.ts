import { expect, test } from 'vitest';
import type { Database, Statement } from '../../../src/adapters/postgres/database.js';
import { postgresHoldLedger } from '../../../src/adapters/postgres/hold-ledger.js';
import { newId, reserveRequest, settlementOf } from '../../../src/testing/accounts.js';

/** A distributed database that ends each statement when the test says so. */
function heldDatabase() {
  const running: { userId: unknown; name: string | undefined; finish: () => void }[] = [];
  const unused = () => Promise.reject(new Error('Not used here.'));
  const query = <Row>({ name, values = [] }: Statement) =>
    new Promise<Row[]>((resolve) => {
      const rows = [
        { created_at: new Date(0), balance: 1, balance_after: 1, captured: 1, uncollected: 0 },
      ] as Row[];
      const statement = {
        ...{ name, userId: values[0] },
        finish: () => {
          running.splice(running.indexOf(statement), 1);
          resolve(rows);
        },
      };
      running.push(statement);
    });
  const database: Database = {
    ...{
      schema: 'public',
      isSharded: true,
      query,
      transaction: unused,
      migrate: unused,
      ping: unused,
      close: unused,
    },
    connections: () => ({ total: 0, idle: 0, waiting: 0 }),
  };
  return { running, ledger: postgresHoldLedger(database) };
}

/** Lets everything run that waits for no statement. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('on a distributed database, what one account reserves and settles at once is sent one after another', async () => {
  const { running, ledger } = heldDatabase();
  const [jane, john] = [newId(), newId()];
  const held = reserveRequest(jane);
  const done = Promise.all([
    ledger.reserve(held),
    ledger.reserve(reserveRequest(jane)),
    ledger.settle(settlementOf(held, 1)),
    ledger.reserve(reserveRequest(john)),
  ]);
  const sent: (string | undefined)[][] = [];
  for (await turn(); running.length > 0; await turn()) {
    sent.push(running.map(({ userId, name }) => `${userId === jane ? 'jane' : 'john'}: ${name ?? ''}`));
    running[0]?.finish();
  }
  expect((await done).map(({ outcome }) => outcome)).toEqual(['reserved', 'reserved', 'settled', 'reserved']);
  expect(sent[0]).toEqual(['jane: reserve', 'john: reserve']);
  for (const statements of sent)
    expect(statements.filter((each) => each?.startsWith('jane')).length).toBeLessThan(2);
});
