import type { ReportedUsage } from '../../ports/ai-model.js';

/** What a model used for one reply, in its own tokens. */
export interface Usage {
  /** All of the input. */
  input: number;
  /** The part of the input that the provider had in its cache. */
  cachedInput: number;
  /** The part of the input that the provider wrote to its cache. */
  cacheWrite: number;
  /** All of the output. */
  output: number;
  /** The part of the output that was reasoning. */
  reasoning: number;
}

/** A class of usage. */
type UsageClass = keyof Usage;

/** What is known of the usage of a reply. A class that was never reported plausibly is null. */
export type KnownUsage = Record<UsageClass, number | null>;

/** The usage of a reply before its provider reports anything. */
export const nothingReported: KnownUsage = {
  input: null,
  cachedInput: null,
  cacheWrite: null,
  output: null,
  reasoning: null,
};

/**
 * Returns the usage of a reply after another report: the plausible counts of the report, and the known count of a class of
 * which it has none. A report is of the whole reply so far; the last plausible one counts.
 */
export function mergeReport(
  known: KnownUsage,
  report: Partial<ReportedUsage> | null | undefined,
): KnownUsage {
  return {
    input: plausibleWhole(report?.input) ?? known.input,
    cachedInput: plausiblePart(report?.cachedInput, known.cachedInput),
    cacheWrite: plausiblePart(report?.cacheWrite, known.cacheWrite),
    output: plausibleWhole(report?.output) ?? known.output,
    reasoning: plausiblePart(report?.reasoning, known.reasoning),
  };
}

/** Returns whether a provider reported input or output plausibly. */
export function isReported({ input, output }: Pick<KnownUsage, 'input' | 'output'>): boolean {
  return input !== null || output !== null;
}

/**
 * Returns what a provider reports as the count of all input or output, rounded and at most 2^53−1. Returns null for what is
 * no count, and for less than 1: neither a prompt with text nor a reply has 0 tokens, and without any the estimate is 0 as
 * well.
 */
function plausibleWhole(reported: unknown): number | null {
  const count = plausibleCount(reported);
  return count === 0 ? null : count;
}

/** A part may be 0, but a later 0 does not replace an earlier count: some providers report zeros at the end. */
function plausiblePart(reported: unknown, known: number | null): number | null {
  const count = plausibleCount(reported);
  return count === null || count === 0 ? (known ?? count) : count;
}

function plausibleCount(reported: unknown): number | null {
  if (typeof reported !== 'number' || !Number.isFinite(reported)) return null;
  const count = Math.min(Math.round(reported), Number.MAX_SAFE_INTEGER);
  return count < 0 ? null : count + 0;
}

/** A count that was more than is possible, and what it was reduced to. */
export interface ClampedCount {
  usageClass: UsageClass;
  reported: number;
  limit: number;
}

/**
 * Returns a usage without impossible counts: input at most what the model reads, output at most the limit that it was sent,
 * cached and written input together at most the input, reasoning at most the output. `clamped` lists what was reduced.
 */
export function clampUsage(
  usage: Usage,
  limits: { contextTokens: number; outputTokens: number },
): { usage: Usage; clamped: ClampedCount[] } {
  const clamped: ClampedCount[] = [];
  const atMost = (usageClass: UsageClass, limit: number): number => {
    const reported = usage[usageClass];
    if (reported <= limit) return reported;
    clamped.push({ usageClass, reported, limit });
    return limit;
  };
  const input = atMost('input', limits.contextTokens);
  const cachedInput = atMost('cachedInput', input);
  const cacheWrite = atMost('cacheWrite', input - cachedInput);
  const output = atMost('output', limits.outputTokens);
  const reasoning = atMost('reasoning', output);
  return { usage: { input, cachedInput, cacheWrite, output, reasoning }, clamped };
}
