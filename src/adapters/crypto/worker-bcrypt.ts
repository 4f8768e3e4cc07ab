import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { Bcrypt } from './bcrypt.js';
import type { BcryptJob } from './bcrypt-worker.js';

/** Where cores are scarce it gets a ninth of what another thread gets: enough to go on, too little to be in the way. */
const niceIncrement = 10;

/** Hashes on so many threads of its own, which give way to everything else that wants to run. Started when needed. */
export function workerBcrypt({ threads }: { threads: number }): Bcrypt {
  const pool = new Piscina<BcryptJob, string | boolean>({
    filename: fileURLToPath(new URL('./bcrypt-worker.js', import.meta.url)),
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: Infinity,
    niceIncrement,
  });
  return {
    hash: async (text, cost) => String(await pool.run({ text, cost })),
    verify: async (text, encoded) => (await pool.run({ text, encoded })) === true,
  };
}
