import {
  type Usage,
  estimateInput,
  estimateOutput,
  mostInput,
  tokensOf,
  clampUsage,
  isReported,
  type ClampedCount,
  type InputLimits,
} from './usage.js';
import type { ReplyRequest } from '../../ports/ai-model.js';
import type { ReplyParts } from '../chat/model-call/gathered-reply.js';

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

/** The fields of all rates in JSON: in the API and in a models file. */
export const rateFields = {
  perRequest: 'per_request',
  per1mInput: 'per_1m_input',
  per1mCachedInput: 'per_1m_cached_input',
  per1mCacheWrite: 'per_1m_cache_write',
  per1mOutput: 'per_1m_output',
  per1mReasoning: 'per_1m_reasoning',
  per1kInput: 'per_1k_input',
  per1kOutput: 'per_1k_output',
} as const satisfies Record<keyof Rates, string>;

/** The names of all rates. */
export const rateNames = Object.keys(rateFields) as readonly (keyof Rates)[];

/** Returns an object with a field for each rate, all with one value, such as a schema. */
export function forEachRate<Value>(value: Value): Record<(typeof rateFields)[keyof Rates], Value> {
  const fields = Object.values(rateFields);
  return Object.fromEntries(fields.map((field) => [field, value])) as Record<(typeof fields)[number], Value>;
}

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

/** The terms of a model that its price depends on. */
export interface PricedModel extends InputLimits {
  price: Price;
  /** The most tokens that it writes for one reply. */
  maxOutputTokens: number;
}

/**
 * Returns a function from a limit for the output to the most credits that a reply can cost, whichever model of the chain
 * writes it. At most 2^53−1, which no account can afford. The messages are measured once.
 */
export function holdByOutput(
  chain: readonly PricedModel[],
  request: Pick<ReplyRequest, 'messages' | 'tools' | 'format'>,
): (maxOutputTokens: number | null) => number {
  // A flat price does not depend on the input.
  const inputs = chain.map((model) =>
    'perMessage' in model.price ? 0 : mostInput(request.messages, model, request),
  );
  return (maxOutputTokens) =>
    Math.max(
      ...chain.map((model, position) =>
        highestCost(model.price, {
          input: inputs[position] ?? model.contextTokens,
          output: outputLimit(model, maxOutputTokens),
        }),
      ),
    );
}

/** What a charge depends on. */
export interface ChargedReply {
  reply: Pick<ReplyParts, 'text' | 'toolCalls' | 'reasoningSize' | 'reported'>;
  /** False if the caller left before the end. */
  isComplete: boolean;
  /** What the model was asked. */
  request: Pick<ReplyRequest, 'messages' | 'tools' | 'format' | 'maxOutputTokens'>;
}

/** What a reply costs. */
export interface Charge {
  credits: number;
  /** The usage that was charged; null if the provider reported nothing. */
  usage: Usage | null;
  /** The counts that the provider reported, and that are more than is possible. */
  clamped: readonly ClampedCount[];
}

/**
 * Returns what a reply costs by the terms of the model that wrote it, which may be more than what is held for it.
 *
 * By usage, each class is what the provider reported last; if it reported nothing plausible, the estimate. Of a reply that
 * is not complete the larger of both counts, for the provider reports what it had written earlier.
 */
export function chargeFor(repliedBy: PricedModel, charged: ChargedReply): Charge {
  const { reported } = charged.reply;
  const { price } = repliedBy;
  // A flat price does not depend on the estimate.
  if ('perMessage' in price && !isReported(reported)) {
    return { credits: price.perMessage, usage: null, clamped: [] };
  }
  const { usage, clamped } = clampUsage(usageOf(repliedBy, charged), {
    contextTokens: repliedBy.contextTokens,
    outputTokens: outputLimit(repliedBy, charged.request.maxOutputTokens),
  });
  return {
    credits: costOf(price, usage),
    usage: isReported(reported) ? usage : null,
    clamped: clamped.filter(({ usageClass }) => reported[usageClass] !== null),
  };
}

function usageOf(repliedBy: PricedModel, { reply, isComplete, request }: ChargedReply): Usage {
  const { text, toolCalls, reasoningSize, reported } = reply;
  const used = (count: number | null, estimate: () => number) =>
    count !== null && isComplete ? count : Math.max(count ?? 0, estimate());
  const reasoning = reported.reasoning ?? 0;
  const output = used(reported.output, () => estimateOutput(text, toolCalls, reasoningSize));
  return {
    input: used(reported.input, () => estimateInput(request.messages, repliedBy.contextTokens, request)),
    cachedInput: reported.cachedInput ?? 0,
    cacheWrite: reported.cacheWrite ?? 0,
    output,
    // Some providers show their reasoning, and report none or 0.
    reasoning: reasoning > 0 ? reasoning : Math.min(tokensOf(reasoningSize), output),
  };
}

/** Returns the most tokens that a model may write: its own limit, or the caller's if that is lower. */
export function outputLimit(
  model: Pick<PricedModel, 'maxOutputTokens'>,
  maxOutputTokens: number | null,
): number {
  return Math.min(maxOutputTokens ?? model.maxOutputTokens, model.maxOutputTokens);
}
