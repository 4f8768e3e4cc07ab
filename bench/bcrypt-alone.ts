import { hash } from '@node-rs/bcrypt';
import { availableParallelism } from 'node:os';

/** As many as all cores can work on at once. */
export const cores = availableParallelism();

/** How many hashes of a cost all cores make a second with nothing else to do. */
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
