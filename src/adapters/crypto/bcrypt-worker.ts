import { hashSync, verifySync } from '@node-rs/bcrypt';
import { readFileSync } from 'node:fs';

// Runs on a worker thread of `workerBcrypt`.

/** A hash to compute, or to verify. */
export type BcryptJob = { text: string; cost: number } | { text: string; encoded: string };

/** A hash, or whether the text matches a hash; and the CPU time, in milliseconds. */
export interface BcryptResult {
  value: string | boolean;
  workMs: number;
}

/** Computes or verifies one hash. */
export default function run(job: BcryptJob): BcryptResult {
  const startedMs = threadCpuMs();
  const value = 'cost' in job ? hashSync(job.text, { cost: job.cost }) : verifySync(job.text, job.encoded);
  return { value, workMs: threadCpuMs() - startedMs };
}

/** Linux counts the CPU time of a thread in units of 10 ms. */
const msOfTick = 10;

/**
 * The CPU time of this thread, in milliseconds. The time in which other threads run is not part of the cost of a hash.
 * Where the CPU time is unknown, which is everywhere but on Linux, this is the time of a monotonic clock.
 */
function threadCpuMs(): number {
  try {
    const fields = readFileSync('/proc/thread-self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [userTicks = Number.NaN, systemTicks = Number.NaN] = fields.slice(11, 13).map(Number);
    const ms = (userTicks + systemTicks) * msOfTick;
    return Number.isNaN(ms) ? performance.now() : ms;
  } catch {
    return performance.now();
  }
}
