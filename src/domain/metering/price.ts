import type { ModelMessage, ReplyRequest, ToolDefinition } from '../../ports/ai-model.js';
import type { ReplyParts } from '../chat/model-call/gathered-reply.js';
import { estimateInput, estimateOutput, isReported, type Usage } from './usage.js';

/** The price of a message: flat, or by the model's usage. In credits; those of usage are for 1,000 tokens of the model. */
export type Price = { perMessage: number } | { per1kInput: number; per1kOutput: number };

/** The terms of a model that its price depends on. */
export interface PricedModel {
  price: Price;
  /** The most tokens that it reads. */
  contextTokens: number;
  /** The most tokens that it writes for one reply. */
  maxOutputTokens: number;
}

/**
 * Returns the most credits that a reply can cost, whichever model of the chain writes it. At most 2^53−1, which no account
 * can afford.
 *
 * @param maxOutputTokens The caller's limit for the reply; null for the model's own limit.
 */
export function holdFor(
  chain: readonly PricedModel[],
  messages: readonly ModelMessage[],
  maxOutputTokens: number | null,
  tools: readonly ToolDefinition[] = [],
): number {
  const highestCost = (model: PricedModel) =>
    costOf(model.price, {
      input: estimateInput(messages, model.contextTokens, tools),
      output: outputLimit(model, maxOutputTokens),
    });
  return Math.max(...chain.map(highestCost));
}

/** What a charge depends on. */
export interface ChargedReply {
  reply: ReplyParts;
  /** False if the caller left before the end. */
  isComplete: boolean;
  /** What the model was asked. */
  request: Pick<ReplyRequest, 'messages' | 'tools'>;
  /** Credits held for the reply: the most that it can cost. */
  hold: number;
}

/**
 * Returns what a reply costs by the terms of the model that wrote it, never more than its hold; and the usage that was
 * charged, which is null if the provider reported nothing.
 *
 * By usage, each class is what the provider reported last; if it reported nothing plausible, the estimate. Of a reply that
 * is not complete the larger of both counts, for the provider reports what it had written earlier.
 */
export function chargeFor(
  repliedBy: PricedModel,
  charged: ChargedReply,
): { credits: number; usage: Usage | null } {
  const { reply, hold } = charged;
  const usage = isReported(reply.reported) ? usageOf(repliedBy, charged) : null;
  const { price } = repliedBy;
  const cost = 'perMessage' in price ? price.perMessage : costOf(price, usage ?? usageOf(repliedBy, charged));
  return { credits: Math.min(cost, hold), usage };
}

function usageOf(repliedBy: PricedModel, { reply, isComplete, request }: ChargedReply): Usage {
  const { text, toolCalls, reasoningChars, reported } = reply;
  const used = (count: number | null, estimate: () => number) =>
    count !== null && isComplete ? count : Math.max(count ?? 0, estimate());
  return {
    input: used(reported.input, () =>
      estimateInput(request.messages, repliedBy.contextTokens, request.tools),
    ),
    output: used(reported.output, () => estimateOutput(text, toolCalls, reasoningChars)),
  };
}

/** Returns the most tokens that a model may write: its own limit, or the caller's if that is lower. */
export function outputLimit(model: PricedModel, maxOutputTokens: number | null): number {
  return Math.min(maxOutputTokens ?? model.maxOutputTokens, model.maxOutputTokens);
}

/** Adds both rates before the one rounding, in integers of any size. */
function costOf(price: Price, used: Usage): number {
  if ('perMessage' in price) return price.perMessage;
  const thousandths =
    BigInt(used.input) * BigInt(price.per1kInput) + BigInt(used.output) * BigInt(price.per1kOutput);
  const credits = (thousandths + 999n) / 1000n;
  return credits > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : Number(credits);
}
