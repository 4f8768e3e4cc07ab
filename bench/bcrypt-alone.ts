import { hash } from '@node-rs/bcrypt';
import { availableParallelism } from 'node:os';

/** How many hashes can run at once: one a core. */
export const cores = availableParallelism();

/** Measures how many hashes of this cost all cores compute per second when nothing else runs. */
export async function hashesPerSecond(cost: number, durationSeconds: number): Promise<number> {
  const endsAt = performance.now() + durationSeconds * 1000;
  let hashed = 0;
  const work = async () => {
    while (performance.now() < endsAt) {
      await hash('Bench-Pass-2026', { cost });
      hashed += 1;
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: cores }, work));
  return hashed / ((performance.now() - startedAt) / 1000);
}
