import type { ModelMessage, ReplyRequest, ToolCall, ToolDefinition } from '../../ports/ai-model.js';
import { codePointCount } from '../text.js';
import type { ReplyParts } from './model-call/gathered-reply.js';
import type { ModelOffer, Price } from './model-offer.js';
import type { OfferChain } from './offer-chain.js';
import { isReported, type Usage } from './usage.js';

const charactersPerToken = 3;

/** The longest message that a model of this context takes, in code points: by the same estimate as its price. */
export function longestMessageChars({ contextTokens }: Pick<ModelOffer, 'contextTokens'>): number {
  return contextTokens * charactersPerToken;
}

/** How many of a model's tokens a text is taken for: one for every three characters, rounded up. */
export function estimateTokens(text: string): number {
  return tokensFor(codePointCount(text));
}

/** How many of a model's tokens its input is taken for; `contextTokens` at most, for it reads no more. */
export function estimateInput(
  messages: readonly ModelMessage[],
  contextTokens: number,
  tools: readonly ToolDefinition[] = [],
): number {
  const characters = [...messages, ...tools].reduce((sum, part) => sum + charactersOf(part), 0);
  return Math.min(tokensFor(characters), contextTokens);
}

/**
 * The most credits that a reply can cost, whichever of the chain's models gives it. `maxOutputTokens` is what the
 * caller asks for; a model's own limit stands where that is null or more. At most 2^53−1, which nobody can afford.
 */
export function holdFor(
  chain: OfferChain,
  messages: readonly ModelMessage[],
  maxOutputTokens: number | null,
  tools: readonly ToolDefinition[] = [],
): number {
  const mostOf = (offer: ModelOffer) =>
    costOf(offer.price, {
      input: estimateInput(messages, offer.contextTokens, tools),
      output: outputLimit(offer, maxOutputTokens),
    });
  return Math.max(...chain.map(mostOf));
}

/** What a reply cost, and what its model used. */
export interface Charge {
  credits: number;
  /** What was charged for; null where the provider reported nothing. */
  usage: Usage | null;
}

/** What a charge depends on. */
export interface ChargedReply {
  reply: ReplyParts;
  /** False where the caller left before the end. */
  isComplete: boolean;
  /** What the model was asked. */
  request: Pick<ReplyRequest, 'messages' | 'tools'>;
  /** Credits held for the reply: the most that it can cost. */
  hold: number;
}

/**
 * What a reply costs by the terms of the model that gave it, and never more than is held for it.
 *
 * By usage, each class is what the provider reported last; where it reported nothing plausible, the estimate. Of a reply
 * that is not complete it is the estimate also where that is more, for the provider reports what it had written earlier.
 */
export function chargeFor(repliedBy: ModelOffer, charged: ChargedReply): Charge {
  const { reply, hold } = charged;
  const usage = isReported(reply.reported) ? usageOf(repliedBy, charged) : null;
  const { price } = repliedBy;
  const cost = 'perMessage' in price ? price.perMessage : costOf(price, usage ?? usageOf(repliedBy, charged));
  return { credits: Math.min(cost, hold), usage };
}

function usageOf(repliedBy: ModelOffer, { reply, isComplete, request }: ChargedReply): Usage {
  const { text, toolCalls, reasoningChars, reported } = reply;
  const used = (count: number | null, estimate: () => number) =>
    count !== null && isComplete ? count : Math.max(count ?? 0, estimate());
  return {
    input: used(reported.input, () =>
      estimateInput(request.messages, repliedBy.contextTokens, request.tools),
    ),
    output: used(reported.output, () =>
      tokensFor(codePointCount(writtenText(text, toolCalls)) + reasoningChars),
    ),
  };
}

/** All that a model wrote: its text, and what it asked tools for. */
export function writtenText(text: string, toolCalls: readonly ToolCall[] | null): string {
  return (toolCalls ?? []).reduce((written, call) => written + call.name + call.arguments, text);
}

/** The most of a model's tokens that it may write: its own limit, or what the caller asks for if that is less. */
export function outputLimit(offer: ModelOffer, maxOutputTokens: number | null): number {
  return Math.min(maxOutputTokens ?? offer.maxOutputTokens, offer.maxOutputTokens);
}

/** Both rates are summed before the one rounding, in integers of any size. */
function costOf(price: Price, used: Usage): number {
  if ('perMessage' in price) return price.perMessage;
  const thousandths =
    BigInt(used.input) * BigInt(price.per1kInput) + BigInt(used.output) * BigInt(price.per1kOutput);
  const credits = (thousandths + 999n) / 1000n;
  return credits > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : Number(credits);
}

/** How many of a model's tokens so many characters are taken for. */
export function tokensFor(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}

/** The characters of a message or a tool's definition that a model has to read. */
export function charactersOf(part: ModelMessage | ToolDefinition): number {
  if (!('role' in part)) {
    return codePointCount(part.name + (part.description ?? '') + JSON.stringify(part.parameters));
  }
  const calls = part.role === 'assistant' ? part.toolCalls : [];
  return calls.reduce(
    (sum, call) => sum + codePointCount(call.name + call.arguments),
    codePointCount(part.text),
  );
}
