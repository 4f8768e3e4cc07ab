import { hashSync, verifySync } from '@node-rs/bcrypt';
import { readFileSync } from 'node:fs';

// Run by `workerBcrypt` on a thread of its own.

/** What a thread is asked. */
export type BcryptJob = { text: string; cost: number } | { text: string; encoded: string };

/** A hash, or whether the text is the one of a hash; and how long the work took, in milliseconds. */
export interface BcryptResult {
  value: string | boolean;
  workMs: number;
}

/** Does the work of one hash. */
export default function run(job: BcryptJob): BcryptResult {
  const startedMs = threadCpuMs();
  const value = 'cost' in job ? hashSync(job.text, { cost: job.cost }) : verifySync(job.text, job.encoded);
  return { value, workMs: threadCpuMs() - startedMs };
}

/** Linux counts what a thread has worked in hundredths of a second. */
const msOfTick = 10;

/**
 * How long this thread has worked, in milliseconds. It waits while others work, which is no part of what a hash costs; only
 * where the system does not tell it apart (anywhere but on Linux), the time of the clock counts.
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
