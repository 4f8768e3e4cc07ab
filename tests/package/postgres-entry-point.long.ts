import { expect, it } from 'vitest';
import { packPackage } from './packed-package.js';

it('./postgres opens a PGlite in memory and in a folder, and requires only the documented packages', async () => {
  const packed = await packPackage();
  const packages = [
    'pg',
    'pg-connection-string',
    'postgres-array',
    'postgres-migrations',
    'rate-limiter-flexible',
    '@electric-sql/pglite',
  ];
  const project = await packed.install(packages);
  const printed = await project.run(`
    import { openPglite } from 'metered-chat/postgres';
    for (const options of [{}, { folder: './data' }, { folder: './data' }]) {
      const { stores, close } = await openPglite(options);
      console.log(await stores.creditLedger.balance(crypto.randomUUID()));
      await close();
    }
  `);
  expect(printed).toBe('null\nnull\nnull\n');
  await packed.remove();
});
