import type { Model } from '../../api/api-objects.js';
import { textSize, tokensOf } from '../../../src/domain/metering/usage.js';
import type { ExchangeState } from './exchange-state.js';

/** How long a reply is, in tokens of the model, where nothing is known of it. */
const usualReplyTokens = 500;

/** An estimate of what a message costs, which depends on the length of its reply. */
export interface PriceEstimate {
  credits: number;
  /** The length of the reply that it counts with, in tokens of the model. */
  replyTokens: number;
}

/** Returns what the branch before a message is for a model: the size of its texts, and how long its replies were. */
export function branchSize(branch: readonly ExchangeState[], systemPrompt: string | null) {
  const sizes = branch.map(({ message, response }) => ({
    message: textSize(message),
    response: textSize(response),
  }));
  const replies = sizes.filter(({ response }) => response > 0);
  const written = replies.reduce((sum, { response }) => sum + response, 0);
  return {
    read: sizes.reduce((sum, each) => sum + each.message + each.response, textSize(systemPrompt ?? '')),
    usualReply: replies.length === 0 ? null : tokensOf(written / replies.length),
  };
}

/**
 * Estimates what a message costs by the prices of a model and the texts that it reads: the conversation, at most as much as the
 * model can read, and the message. Returns null if each message has the same price.
 */
export function estimatePrice(
  { price, context_tokens, max_output_tokens }: Pick<Model, 'price' | 'context_tokens' | 'max_output_tokens'>,
  message: string,
  branch: ReturnType<typeof branchSize>,
): PriceEstimate | null {
  if ('per_message' in price) return null;
  const input = Math.min(tokensOf(branch.read + textSize(message)), context_tokens);
  const replyTokens = Math.min(branch.usualReply ?? usualReplyTokens, max_output_tokens);
  const perInput = (price.per_1k_input ?? 0) / 1000 + (price.per_1m_input ?? 0) / 1_000_000;
  const perOutput = (price.per_1k_output ?? 0) / 1000 + (price.per_1m_output ?? 0) / 1_000_000;
  const credits = (price.per_request ?? 0) + Math.ceil(input * perInput + replyTokens * perOutput);
  return { credits, replyTokens };
}
