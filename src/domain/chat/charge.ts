import type { ReplyRequest } from '../../ports/ai-model.js';
import { estimateInput, estimateOutput, mostInput, tokensOf } from '../metering/estimate.js';
import { costOf, highestCost, type Price } from '../metering/price.js';
import { clampUsage, isReported, type ClampedCount, type Usage } from '../metering/usage.js';
import type { ReplyParts } from './model-call/gathered-reply.js';

/** The terms of a model that its price depends on. */
export interface PricedModel {
  price: Price;
  /** The most tokens that it reads. */
  contextTokens: number;
  /** The most tokens that it writes for one reply. */
  maxOutputTokens: number;
}

/**
 * Returns a function from a limit for the output to the most credits that a reply can cost, whichever model of the chain
 * writes it. At most 2^53−1, which no account can afford. The messages are measured once.
 */
export function holdByOutput(
  chain: readonly PricedModel[],
  { messages, tools }: Pick<ReplyRequest, 'messages' | 'tools'>,
): (maxOutputTokens: number | null) => number {
  const inputs = chain.map((model) => mostInput(messages, model.contextTokens, tools));
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
  reply: ReplyParts;
  /** False if the caller left before the end. */
  isComplete: boolean;
  /** What the model was asked. */
  request: Pick<ReplyRequest, 'messages' | 'tools' | 'maxOutputTokens'>;
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
    input: used(reported.input, () =>
      estimateInput(request.messages, repliedBy.contextTokens, request.tools),
    ),
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
