import { hashSync, verifySync } from '@node-rs/bcrypt';

// Run by `workerBcrypt` on a thread of its own.

/** What a thread is asked. */
export type BcryptJob = { text: string; cost: number } | { text: string; encoded: string };

/** Answers a hash, or whether the text is the one of a hash. */
export default function run(job: BcryptJob): string | boolean {
  return 'cost' in job ? hashSync(job.text, { cost: job.cost }) : verifySync(job.text, job.encoded);
}
