import { DomainError } from '../errors.js';
import type { PreparedMessage } from './prepare-message.js';

/** The lowest limit that `fitBudget` sets: what is shorter is of no use. */
export const minFittedOutputTokens = 16;

/**
 * Returns the most tokens of output that a balance covers, below the limit of the request; null if the hold does not depend
 * on the output.
 */
export function affordableOutput(
  { hold, holdWith, outputTokens }: Pick<PreparedMessage, 'hold' | 'holdWith' | 'outputTokens'>,
  balance: number,
): number | null {
  const withoutOutput = holdWith(0);
  if (withoutOutput === hold) return null;
  if (withoutOutput > balance) return 0;
  let [covered, uncovered] = [0, outputTokens];
  while (uncovered - covered > 1) {
    const middle = Math.floor((covered + uncovered) / 2);
    if (holdWith(middle) <= balance) covered = middle;
    else uncovered = middle;
  }
  return covered;
}

/** The error that a balance does not cover a hold, with the tokens of output that it does cover. */
export function insufficient(balance: number, required: number, affordable: number | null): DomainError {
  const sentence = `The balance is too low: ${balance} available, ${required} required.`;
  const advice = affordable === null || affordable === 0 ? '' : ` It covers ${affordable} tokens of output.`;
  return new DomainError('insufficient_credits', sentence + advice, {
    balance,
    required,
    ...(affordable === null ? {} : { affordableOutputTokens: affordable }),
  });
}
