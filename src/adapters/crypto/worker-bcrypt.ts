import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { Bcrypt } from './bcrypt.js';
import type { BcryptJob, BcryptResult } from './bcrypt-worker.js';
import type { HashCost } from './hash-cost.js';

/** Where cores are scarce it gets a ninth of what another thread gets: enough to go on, too little to be in the way. */
const niceIncrement = 10;

/**
 * Hashes on so many threads of its own, which give way to everything else that wants to run. Started when needed. Notes in
 * `measured` what each hash cost.
 */
export function workerBcrypt({
  threads,
  measured,
}: {
  threads: number;
  measured: Pick<HashCost, 'record'>;
}): Bcrypt {
  const pool = new Piscina<BcryptJob, BcryptResult>({
    filename: fileURLToPath(new URL('./bcrypt-worker.js', import.meta.url)),
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: Infinity,
    niceIncrement,
  });
  const run = async (job: BcryptJob) => {
    const { value, workMs } = await pool.run(job);
    measured.record(workMs);
    return value;
  };
  return {
    hash: async (text, cost) => String(await run({ text, cost })),
    verify: async (text, encoded) => (await run({ text, encoded })) === true,
  };
}
