/** What one bcrypt of cost 12 takes on an ordinary machine, in milliseconds; each step of the cost doubles it. */
const msOfCost12 = 250;

/** How many hashes are measured. Their median counts, so that a few slow ones, such as a thread's first, do not. */
const sampleCount = 15;

/** What a hash costs on this machine. */
export interface HashCost {
  /** Notes what one took, in milliseconds. */
  record(ms: number): void;
  /** What one costs, in milliseconds. */
  ms(): number;
}

/** The cost of a bcrypt of `cost`: as on an ordinary machine, until enough were measured. */
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
