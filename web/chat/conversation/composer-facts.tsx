import { useDeferredValue, useMemo } from 'react';
import type { Model } from '../../api/api-objects.js';
import { creditAmount } from '../../api/credits.js';
import { text } from '../texts/texts.js';
import { branchSize, estimatePrice } from './estimate-price.js';
import type { ExchangeState } from './exchange-state.js';

interface ComposerFactsProps {
  model: Model;
  message: string;
  /** What a message can have at most, in characters. */
  limit: number;
  branch: readonly ExchangeState[];
  systemPrompt: string | null;
}

/** What a message is estimated to cost, and near the limit of its length, how many characters are left. */
export function ComposerFacts({ model, message, limit, branch, systemPrompt }: ComposerFactsProps) {
  const typed = useDeferredValue(message);
  const size = useMemo(() => branchSize(branch, systemPrompt), [branch, systemPrompt]);
  const estimate = useMemo(() => estimatePrice(model, typed, size), [model, typed, size]);
  const left = charactersLeft(typed, limit);
  if (typed.trim() === '') return null;
  return (
    <p className="composer-facts">
      {estimate !== null && (
        <span title={text('composer.estimateHint', { count: estimate.replyTokens })}>
          {text('composer.estimate', { amount: creditAmount(estimate.credits) })}
        </span>
      )}
      {left < limit / 10 && (
        <span role="status" className={left < 0 ? 'over' : undefined}>
          {text(left < 0 ? 'composer.over' : 'composer.left', { count: Math.abs(left) })}
        </span>
      )}
    </p>
  );
}

/** How many code points a message can still have; counted only near the limit, because that takes its time. */
export function charactersLeft(message: string, limit: number): number {
  if (message.length < limit * 0.9) return limit - message.length;
  let count = 0;
  for (const character of message) count += character.length > 0 ? 1 : 0;
  return limit - count;
}
