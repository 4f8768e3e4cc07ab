import type { ReasoningRequest } from '../../ports/ai-model.js';

type Effort = Extract<ReasoningRequest, { mode: 'effort' }>['effort'];

/** The tokens of reasoning for each effort, for models that know only budgets. */
const budgets: Record<Effort, number> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 32_000,
  max: 32_000,
};

/** Returns the tokens of reasoning of an effort. */
export function budgetOfEffort(effort: Effort): number {
  return budgets[effort];
}

/** Returns the effort of a budget, for models that know only efforts. */
export function effortOfBudget(maxTokens: number): 'low' | 'medium' | 'high' {
  if (maxTokens < budgets.medium) return 'low';
  return maxTokens < budgets.high ? 'medium' : 'high';
}
