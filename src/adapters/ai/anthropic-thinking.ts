import { DomainError } from '../../domain/errors.js';
import type { ModelMessage, ReasoningRequest } from '../../ports/ai-model.js';
import { budgetOfEffort, effortOfBudget } from './reasoning-budget.js';

/** The fields of a request for reasoning in the format of Anthropic's Messages. */
export interface ThinkingFields {
  thinking:
    | { type: 'disabled' }
    | { type: 'adaptive'; display?: 'summarized' }
    | { type: 'enabled'; budget_tokens: number };
  effort?: 'low' | 'medium' | 'high' | 'xhigh' | 'max';
}

/** Anthropic's lowest budget, in tokens. */
const lowestBudget = 1024;

/**
 * Returns the fields for reasoning. Claude 4.6 and later decide themselves how much they reason, guided by an effort; Claude
 * 4.7 and later reject a budget. Earlier models, and those of other makers with this format, require a budget.
 */
export function thinkingFields(
  model: string,
  reasoning: ReasoningRequest,
  maxTokens: number,
): ThinkingFields {
  const version = claudeVersion(model);
  switch (reasoning.mode) {
    case 'off':
      return { thinking: { type: 'disabled' } };
    case 'adaptive':
      return { ...adaptive(version), ...effortField(reasoning.effort) };
    case 'effort': {
      const { effort } = reasoning;
      if (version < 4.6) return { thinking: budgetFields(budgetOfEffort(effort), maxTokens) };
      return { ...adaptive(version), ...effortField(effort) };
    }
    case 'budget':
      if (version < 4.7) return { thinking: budgetFields(reasoning.maxTokens, maxTokens) };
      return { ...adaptive(version), effort: effortOfBudget(reasoning.maxTokens) };
  }
}

/**
 * Returns whether the messages end within a turn of tools whose reasoning is not signed, as clients of Chat Completions send
 * it back. With a budget Anthropic then rejects the request, so that the rest of the turn must do without reasoning.
 */
export function isTurnUnsigned(messages: readonly ModelMessage[]): boolean {
  const last = messages.findLast(({ role }) => role !== 'tool');
  if (last?.role !== 'assistant' || !last.parts.some(({ type }) => type === 'tool_call')) return false;
  return !last.parts.some((part) => part.type === 'reasoning' && part.signature !== null);
}

function effortField(effort: ThinkingFields['effort'] | 'minimal'): Pick<ThinkingFields, 'effort'> {
  return effort === undefined ? {} : { effort: effort === 'minimal' ? 'low' : effort };
}

/** Claude 4.7 and later show their reasoning only if they are asked to. */
function adaptive(version: number): ThinkingFields {
  return { thinking: { type: 'adaptive', ...(version < 4.7 ? {} : { display: 'summarized' }) } };
}

/** The budget is part of the limit for the output: if it leaves nothing for a reply, a fifth of the limit is kept for one. */
function budgetFields(budget: number, maxTokens: number): ThinkingFields['thinking'] {
  if (maxTokens <= lowestBudget) {
    const message = `Reasoning requires an output limit of more than ${lowestBudget} tokens.`;
    throw new DomainError('unsupported_parameter', message, { fieldErrors: { reasoning: [message] } });
  }
  const most = budget < maxTokens ? budget : Math.floor(maxTokens * 0.8);
  return { type: 'enabled', budget_tokens: Math.max(lowestBudget, most) };
}

/** Returns the version in a name such as `claude-opus-4-6-20260205`; 0 for Claude 3 and other models. */
function claudeVersion(model: string): number {
  const match = /claude-[a-z]+-(\d{1,2})(?:[.-](\d))?(?!\d)/.exec(model);
  return match === null ? 0 : Number(`${match[1] ?? ''}.${match[2] ?? '0'}`);
}
