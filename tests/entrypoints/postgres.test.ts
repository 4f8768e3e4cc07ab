import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { expect, it } from 'vitest';
import { openPglite, openPostgres } from '../../src/entrypoints/postgres.js';
import { createAccount, expectSound, openHold, settlementOf } from '../../src/testing/accounts.js';
import type { Stores } from '../../src/ports/stores.js';
import { postgresTestDatabase } from '../setup/databases.js';
import { copyEmbedded } from '../setup/embedded-template.js';

async function expectWorking(stores: Stores): Promise<void> {
  const userId = await createAccount(stores, Number.MAX_SAFE_INTEGER);
  const hold = await openHold(stores, userId);
  const settled = await stores.holdLedger.settle(settlementOf(hold, 40));
  expect(settled).toMatchObject({ outcome: 'settled', balance: Number.MAX_SAFE_INTEGER - 40 });
  await expectSound(stores);
}

it('openPostgres opens a PostgreSQL by its URL, or over a pool, which it does not close', async () => {
  const { url, drop } = await postgresTestDatabase({ isMigrated: false });
  const pool = new pg.Pool({ connectionString: url, max: 3 });
  const [own, theirs] = await Promise.all([openPostgres({ connectionString: url }), openPostgres({ pool })]);
  await expectWorking(own.stores);
  await expectWorking(theirs.stores);
  const take = { key: 'both', max: 2, windowMs: 60_000 };
  await own.rateLimiter.take(take);
  expect((await theirs.rateLimiter.take(take)).remaining).toBe(0);
  await Promise.all([own.close(), theirs.close()]);
  // Their own way of reading integers is not changed.
  expect((await pool.query('select 1::bigint as one')).rows).toEqual([{ one: '1' }]);
  await pool.end();
  await drop();
});

it('openPglite opens a folder for one process at a time, or an open PGlite, which it does not close', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-folder-'));
  await copyEmbedded(join(folder, 'database'), { isMigrated: false });
  const first = await openPglite({ folder });
  await expectWorking(first.stores);
  await expect(openPglite({ folder })).rejects.toThrow(`in use by process ${process.pid}`);
  await first.close();

  const pglite = await PGlite.create(join(folder, 'database'));
  const second = await openPglite({ pglite });
  await expectWorking(second.stores);
  await second.close();
  expect((await pglite.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await pglite.close();
  await rm(folder, { recursive: true, force: true });
});
