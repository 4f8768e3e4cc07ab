import type { ModelMessage, ReportedUsage, ToolCall, ToolDefinition } from '../../ports/ai-model.js';
import { codePointCount } from '../text.js';

/** What a model used for one reply, in its own tokens. */
export interface Usage {
  input: number;
  output: number;
}

/** The usage of a reply before its provider reports anything. */
export const nothingReported: ReportedUsage = { input: null, output: null };

/**
 * Returns the usage of a reply after another report: the plausible counts of the report, and the known count of a class of
 * which it has none. A class that was never reported plausibly is null.
 */
export function mergeReport(
  known: ReportedUsage,
  report: Partial<ReportedUsage> | null | undefined,
): ReportedUsage {
  return {
    input: sanitizeUsage(report?.input) ?? known.input,
    output: sanitizeUsage(report?.output) ?? known.output,
  };
}

/** Returns whether a provider reported at least one class plausibly. */
export function isReported({ input, output }: ReportedUsage): boolean {
  return input !== null || output !== null;
}

/**
 * Returns what a provider reports as a count, rounded and at most 2^53−1. Returns null for what is no count, and for less
 * than 1: neither a prompt with text nor a reply has 0 tokens, and without any the estimate is 0 as well.
 */
export function sanitizeUsage(reported: unknown): number | null {
  if (typeof reported !== 'number' || !Number.isFinite(reported)) return null;
  const count = Math.min(Math.round(reported), Number.MAX_SAFE_INTEGER);
  return count < 1 ? null : count;
}

/** The estimate of a model's tokens, wherever its provider reports none: one token for so many code points. */
export const charactersPerToken = 3;

/** Returns the estimated tokens of so many code points, rounded up. */
export function estimateTokens(chars: number): number {
  return Math.ceil(chars / charactersPerToken);
}

/** Returns the estimated tokens of a model's input; at most `contextTokens`, for the model reads no more. */
export function estimateInput(
  messages: readonly ModelMessage[],
  contextTokens: number,
  tools: readonly ToolDefinition[] = [],
): number {
  const chars = [...messages, ...tools].reduce((sum, part) => sum + inputChars(part), 0);
  return Math.min(estimateTokens(chars), contextTokens);
}

/** Returns the estimated tokens of a model's output: its text and the names and arguments of its tool calls. */
export function estimateOutput(
  text: string,
  toolCalls: readonly ToolCall[] | null,
  reasoningChars = 0,
): number {
  const written = (toolCalls ?? []).reduce((all, call) => all + call.name + call.arguments, text);
  return estimateTokens(codePointCount(written) + reasoningChars);
}

/** Returns the code points of a message or a tool's definition that a model has to read. */
export function inputChars(part: ModelMessage | ToolDefinition): number {
  if (!('role' in part)) {
    return codePointCount(part.name + (part.description ?? '') + JSON.stringify(part.parameters));
  }
  const calls = part.role === 'assistant' ? part.toolCalls : [];
  return calls.reduce(
    (sum, call) => sum + codePointCount(call.name + call.arguments),
    codePointCount(part.text),
  );
}

/** Returns the longest message that a model of this context can read, in code points. */
export function longestMessageChars({ contextTokens }: { contextTokens: number }): number {
  return contextTokens * charactersPerToken;
}
