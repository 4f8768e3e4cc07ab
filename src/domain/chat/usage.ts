import type { ReportedUsage } from '../../ports/ai-model.js';

/** What a model consumed, in its own units. */
export interface Usage {
  input: number;
  output: number;
}

/** What is known of a reply's usage before its provider reports anything. */
export const nothingReported: ReportedUsage = { input: null, output: null };

/**
 * What is known of a reply's usage after another report: the counts of the report, and where it has no plausible one,
 * those known before. Returns a class as null that was never reported plausibly.
 */
export function withReport(
  known: ReportedUsage,
  report: Partial<ReportedUsage> | null | undefined,
): ReportedUsage {
  return {
    input: plausibleCount(report?.input) ?? known.input,
    output: plausibleCount(report?.output) ?? known.output,
  };
}

/** Whether a provider reported at least one class plausibly. */
export function isReported({ input, output }: ReportedUsage): boolean {
  return input !== null || output !== null;
}

/**
 * What a provider reports as a count, rounded and at most 2^53−1. Null for what is no count, and for less than 1:
 * neither a prompt with text nor output that came has 0 tokens, and without any the estimate is 0 as well.
 */
export function plausibleCount(reported: unknown): number | null {
  if (typeof reported !== 'number' || !Number.isFinite(reported)) return null;
  const count = Math.min(Math.round(reported), Number.MAX_SAFE_INTEGER);
  return count < 1 ? null : count;
}
