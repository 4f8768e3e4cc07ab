import { afterAll, afterEach, test } from 'vitest';
import { removeDataFolders } from './data-folder.js';
import { killLeftovers } from './server-process.js';
import { killAmongStreams, stopAmongStreams } from './slow-provider.js';
import { storageOn } from './storage.js';

afterEach(killLeftovers);
afterAll(removeDataFolders);

test.each([
  { what: 'stops', engine: 'embedded', work: stopAmongStreams },
  { what: 'stops', engine: 'PostgreSQL', work: stopAmongStreams },
  { what: 'is killed', engine: 'embedded', work: killAmongStreams },
  { what: 'is killed', engine: 'PostgreSQL', work: killAmongStreams },
] as const)(
  'a server that $what among 20 streams leaves nothing open ($engine)',
  async ({ engine, work }) => {
    const storage = await storageOn(engine);
    await work(storage);
    await storage.remove();
  },
);
