import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { Bcrypt } from './bcrypt.js';
import type { BcryptJob, BcryptResult } from './bcrypt-worker.js';
import type { HashCost } from './hash-cost.js';

/** When all cores are busy, a hashing thread gets a ninth of the CPU time of a normal one. */
const niceIncrement = 10;

/**
 * Hashes on worker threads of low priority, which start when they are required. Records in `measured` the CPU time of each
 * hash.
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
