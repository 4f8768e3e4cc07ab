import type { Usage } from './usage.js';

/**
 * What a reply costs by what it used, in credits. All rates are whole numbers, 0 or more.
 *
 * A class without a rate costs as the class that it is part of: cached and written input as input, reasoning as output.
 * Input and output without a rate cost nothing.
 *
 * @example
 * ```ts
 * const rates: Rates = { per1mInput: 150_000, per1mCachedInput: 75_000, per1mOutput: 600_000, perRequest: 10 };
 * ```
 */
export interface Rates {
  /** For each reply, whatever it used. */
  perRequest?: number;
  /** For 1,000,000 tokens of input. */
  per1mInput?: number;
  /** For 1,000,000 tokens of input that the provider had in its cache. */
  per1mCachedInput?: number;
  /** For 1,000,000 tokens of input that the provider wrote to its cache. */
  per1mCacheWrite?: number;
  /** For 1,000,000 tokens of output. */
  per1mOutput?: number;
  /** For 1,000,000 tokens of output that were reasoning. */
  per1mReasoning?: number;
  /** For 1,000 tokens of input, instead of `per1mInput`. */
  per1kInput?: number;
  /** For 1,000 tokens of output, instead of `per1mOutput`. */
  per1kOutput?: number;
}

/** The price of a message: flat, or by the model's usage. In credits. */
export type Price = { perMessage: number } | Rates;

/** The names of all rates. */
export const rateNames = [
  ...(['perRequest', 'per1mInput', 'per1mCachedInput', 'per1mCacheWrite'] as const),
  ...(['per1mOutput', 'per1mReasoning', 'per1kInput', 'per1kOutput'] as const),
] as const satisfies readonly (keyof Rates)[];

/**
 * Returns the problems of a price: no rate at all, two rates for one class, or a rate that is no whole number from 0 to
 * 2^53−1. `nameOf` returns the name of a rate as the reader of the problem knows it.
 */
export function priceProblems(price: Price, nameOf = (name: string): string => name): string[] {
  if ('perMessage' in price) return isRate(price.perMessage) ? [] : [rateProblem(nameOf('perMessage'))];
  const given = rateNames.filter((name) => price[name] !== undefined);
  const twice = (['Input', 'Output'] as const).filter(
    (name) => price[`per1k${name}`] !== undefined && price[`per1m${name}`] !== undefined,
  );
  return [
    ...(given.length === 0 ? [`must have ${nameOf('perMessage')} or at least one rate`] : []),
    ...given.filter((name) => !isRate(price[name])).map((name) => rateProblem(nameOf(name))),
    ...twice.map((name) => `must have only one of ${nameOf(`per1k${name}`)} and ${nameOf(`per1m${name}`)}`),
  ];
}

function isRate(rate: number | undefined): boolean {
  return Number.isSafeInteger(rate) && (rate ?? -1) >= 0;
}

function rateProblem(name: string): string {
  return `${name} must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`;
}

/** Returns what a usage costs, rounded up once; at most 2^53−1, which no account can afford. */
export function costOf(price: Price, usage: Usage): number {
  if ('perMessage' in price) return price.perMessage;
  const rates = ratesPerMillion(price);
  const plainInput = usage.input - usage.cachedInput - usage.cacheWrite;
  const plainOutput = usage.output - usage.reasoning;
  return creditsOf(
    rates.request * million +
      BigInt(plainInput) * rates.input +
      BigInt(usage.cachedInput) * rates.cachedInput +
      BigInt(usage.cacheWrite) * rates.cacheWrite +
      BigInt(plainOutput) * rates.output +
      BigInt(usage.reasoning) * rates.reasoning,
  );
}

/** Returns the most that so many tokens of input and output can cost, whichever classes they are of. */
export function highestCost(price: Price, { input, output }: Pick<Usage, 'input' | 'output'>): number {
  if ('perMessage' in price) return price.perMessage;
  const rates = ratesPerMillion(price);
  return creditsOf(
    rates.request * million +
      BigInt(input) * highest(rates.input, rates.cachedInput, rates.cacheWrite) +
      BigInt(output) * highest(rates.output, rates.reasoning),
  );
}

const million = 1_000_000n;

/** The rates of all classes for 1,000,000 tokens. */
function ratesPerMillion(rates: Rates) {
  const input = perMillion(rates.per1mInput, rates.per1kInput);
  const output = perMillion(rates.per1mOutput, rates.per1kOutput);
  return {
    request: BigInt(rates.perRequest ?? 0),
    input,
    cachedInput: rates.per1mCachedInput === undefined ? input : BigInt(rates.per1mCachedInput),
    cacheWrite: rates.per1mCacheWrite === undefined ? input : BigInt(rates.per1mCacheWrite),
    output,
    reasoning: rates.per1mReasoning === undefined ? output : BigInt(rates.per1mReasoning),
  };
}

function perMillion(per1m: number | undefined, per1k: number | undefined): bigint {
  return per1m === undefined ? BigInt(per1k ?? 0) * 1000n : BigInt(per1m);
}

function highest(...rates: readonly bigint[]): bigint {
  return rates.reduce((most, rate) => (rate > most ? rate : most));
}

/** Rounds up once. */
function creditsOf(millionths: bigint): number {
  const credits = (millionths + million - 1n) / million;
  return credits > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : Number(credits);
}
