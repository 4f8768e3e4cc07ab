import { expect, test } from 'vitest';
import { foreign, hostPglite, hostPool, storesOfHost } from './stores-of-hosts.js';

storesOfHost("a host's pool, another schema");

test('the parsers of the host still apply to its own queries', async () => {
  const [pool, pglite] = await Promise.all([hostPool(), hostPglite()]);
  expect((await pool.pool.query('select now() as value')).rows).toEqual([{ value: foreign() }]);
  expect((await pglite.pglite.query('select now() as value')).rows).toEqual([{ value: foreign() }]);
  await Promise.all([pool.drop(), pglite.drop()]);
});

test('times in a DateStyle other than ISO are rejected', async () => {
  const { database, drop } = await hostPool('-c datestyle=SQL,DMY');
  await expect(database.query({ text: 'select now() as value' })).rejects.toThrow('DateStyle must be ISO');
  await drop();
});
