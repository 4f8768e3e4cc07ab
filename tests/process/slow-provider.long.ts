import { afterAll, afterEach, test } from 'vitest';
import { removeDataFolders } from './data-folder.js';
import { killProcesses } from './server-process.js';
import { killDuringStreams, stopDuringStreams } from './slow-provider.js';
import { storageOn } from './storage.js';

afterEach(killProcesses);
afterAll(removeDataFolders);

test.each([
  { what: 'stops', engine: 'embedded', work: stopDuringStreams },
  { what: 'stops', engine: 'PostgreSQL', work: stopDuringStreams },
  { what: 'is killed', engine: 'embedded', work: killDuringStreams },
  { what: 'is killed', engine: 'PostgreSQL', work: killDuringStreams },
] as const)(
  'a server that $what during 20 streams leaves no hold open ($engine)',
  async ({ engine, work }) => {
    const storage = await storageOn(engine);
    await work(storage);
    await storage.remove();
  },
);
