import { hash, verify } from '@node-rs/bcrypt';
import type { HashCost } from './hash-cost.js';

/** The work of a password hash, wherever it is done. */
export interface Bcrypt {
  hash(text: string, cost: number): Promise<string>;
  verify(text: string, encoded: string): Promise<boolean>;
}

/** On the threads that this process has for its files and names, too. */
export const threadPoolBcrypt: Bcrypt = {
  hash: (text, cost) => hash(text, { cost }),
  verify: (text, encoded) => verify(text, encoded),
};

/** The same, noting in `measured` what each hash took. */
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
