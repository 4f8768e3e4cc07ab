import type { ModelMessage, ToolCall, ToolDefinition } from '../../ports/ai-model.js';
import { codePointCount } from '../text.js';
import type { Usage } from './exchange.js';
import type { ModelOffer, Price } from './model-offer.js';
import type { OfferChain } from './offer-chain.js';

const charactersPerToken = 3;

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

/**
 * What a reply costs by the terms of the model that gave it, and never more than is held for it. A count that the
 * model reports below zero is none; one that is missing or no number is estimated from the text.
 */
export function chargeFor(
  answeredBy: ModelOffer,
  usage: Partial<Usage> | null,
  messages: readonly ModelMessage[],
  replyText: string,
  hold: number,
  tools: readonly ToolDefinition[] = [],
): number {
  const cost = costOf(answeredBy.price, {
    input: countOf(usage?.input) ?? estimateInput(messages, answeredBy.contextTokens, tools),
    output: countOf(usage?.output) ?? estimateTokens(replyText),
  });
  return Math.min(cost, hold);
}

/** All that a model wrote: its text, and what it asked tools for. */
export function writtenText(text: string, toolCalls: readonly ToolCall[] | null): string {
  return (toolCalls ?? []).reduce((written, call) => written + call.name + call.arguments, text);
}

/** The most of a model's tokens that it may write: its own limit, or what the caller asks for if that is less. */
export function outputLimit(offer: ModelOffer, maxOutputTokens: number | null): number {
  return Math.min(maxOutputTokens ?? offer.maxOutputTokens, offer.maxOutputTokens);
}

/** A number that a model reports as a count, clamped to 0 to 2^53−1; null when it is none. */
export function countOf(reported: unknown): number | null {
  if (typeof reported !== 'number' || !Number.isFinite(reported)) return null;
  return Math.min(Math.max(Math.round(reported), 0), Number.MAX_SAFE_INTEGER);
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
