import { hash, verify } from '@node-rs/bcrypt';
import type { HashCost } from './hash-cost.js';

/** Computes and verifies bcrypt hashes. */
export interface Bcrypt {
  hash(text: string, cost: number): Promise<string>;
  verify(text: string, encoded: string): Promise<boolean>;
}

/** Uses the thread pool of Node, which file access and DNS lookups use too. */
export const threadPoolBcrypt: Bcrypt = {
  hash: (text, cost) => hash(text, { cost }),
  verify: (text, encoded) => verify(text, encoded),
};

/** Records in `measured` the time that each hash takes. */
export function measuredBcrypt(bcrypt: Bcrypt, measured: Pick<HashCost, 'record'>): Bcrypt {
  const timed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const startedAt = performance.now();
    const result = await work();
    measured.record(performance.now() - startedAt);
    return result;
  };
  return {
    hash: (text, cost) => timed(() => bcrypt.hash(text, cost)),
    verify: (text, encoded) => timed(() => bcrypt.verify(text, encoded)),
  };
}
