import { afterEach, expect, test } from 'vitest';
import { killLeftovers } from './server-process.js';
import { killAmongStreams, stopAmongStreams } from './slow-provider.js';
import { storageOn } from './storage.js';

afterEach(killLeftovers);

// The embedded engine, which takes long to start, is looked at in the long tests.
test.each([
  ['is told to stop ends each whole or with an error, and itself with 0', stopAmongStreams],
  ['is killed has charged nothing and holds nothing once another one serves', killAmongStreams],
])(
  'a server that among 20 streams of a slow provider %s',
  async (_, work) => {
    const storage = await storageOn('PostgreSQL');
    await expect(work(storage)).resolves.toBeUndefined();
    await storage.remove();
  },
  120_000,
);
