/** The estimated time of one bcrypt of cost 12, in milliseconds. Each step of the cost doubles it. */
const msOfCost12 = 250;

/** The number of measured hashes. Their median is used, so that a few slow ones do not count, such as the first of a thread. */
const sampleCount = 15;

/** The cost of a hash on this machine. */
export interface HashCost {
  /** Records the time of one hash, in milliseconds. */
  record(ms: number): void;
  /** The estimated time of one hash, in milliseconds. */
  ms(): number;
}

/** Measures the time of a bcrypt of `cost`. It is an estimate until enough hashes were recorded. */
export function hashCost(cost: number): HashCost {
  const measuredMs = new Array<number>(sampleCount).fill(msOfCost12 * 2 ** (cost - 12));
  return {
    record: (ms) => {
      measuredMs.shift();
      measuredMs.push(ms);
    },
    ms: () => [...measuredMs].sort((left, right) => left - right)[sampleCount >> 1] ?? 0,
  };
}
