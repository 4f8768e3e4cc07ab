import type { LanguageModelV3 } from '@ai-sdk/provider';
import type { ModelFeature, ReplyRequest, ToolDefinition } from '../../ports/ai-model.js';
import { thinkingFields } from './anthropic-thinking.js';
import { effortOfBudget } from './reasoning-budget.js';
import { cached, sdkMessages } from './sdk-messages.js';

/** The limit if none is given: a budget for reasoning is a part of it. */
const defaultMaxTokens = 4096;

/** A language model of the AI SDK, as its providers make them. */
export type SdkLanguageModel = LanguageModelV3;

type SdkCall = Parameters<SdkLanguageModel['doStream']>[0];

/** The AI SDK's providers with options that other providers' models do not have. */
type KnownProvider = 'openai' | 'anthropic' | null;

/** Returns the provider of a model, such as `anthropic` of `anthropic.messages`; null for others. */
function providerOf({ provider }: SdkLanguageModel): KnownProvider {
  const name = provider.split('.', 1)[0];
  return name === 'openai' || name === 'anthropic' ? name : null;
}

/** Returns the features for which a model of the AI SDK has no option. */
export function unsupportedBySdk(model: SdkLanguageModel): ModelFeature[] {
  switch (providerOf(model)) {
    case 'openai':
      return ['names', 'fileUrls'];
    case 'anthropic':
      return ['names', 'verbosity', 'jsonObject'];
    case null:
      return ['names', 'verbosity', 'reasoning', 'parallelToolCalls'];
  }
}

/** Returns a request as the AI SDK's models accept it. */
export function sdkCall(model: SdkLanguageModel, request: ReplyRequest): SdkCall {
  const { messages, maxOutputTokens, sampling, tools, toolChoice, format, signal } = request;
  const { stop, ...rest } = sampling;
  return {
    prompt: sdkMessages(messages, providerOf(model) === 'anthropic'),
    ...(maxOutputTokens === null ? {} : { maxOutputTokens }),
    ...rest,
    ...(stop === undefined ? {} : { stopSequences: [...stop] }),
    ...(tools.length === 0 ? {} : { tools: tools.map(sdkTool) }),
    ...(toolChoice === null ? {} : { toolChoice: sdkToolChoice(toolChoice) }),
    ...(format === undefined ? {} : { responseFormat: sdkFormat(format) }),
    ...callOf(model, request),
    abortSignal: signal,
  };
}

function sdkTool({ name, description, parameters, strict, cacheControl }: ToolDefinition) {
  return {
    type: 'function' as const,
    name,
    ...(description === null ? {} : { description }),
    inputSchema: parameters,
    ...(strict === undefined ? {} : { strict }),
    ...cached(cacheControl),
  };
}

function sdkToolChoice(choice: NonNullable<ReplyRequest['toolChoice']>): NonNullable<SdkCall['toolChoice']> {
  return typeof choice === 'string' ? { type: choice } : { type: 'tool', toolName: choice.name };
}

function sdkFormat(format: NonNullable<ReplyRequest['format']>): NonNullable<SdkCall['responseFormat']> {
  if (format.type === 'json') return { type: 'json' };
  const { name, description, schema } = format;
  return { type: 'json', schema, name, ...(description === null ? {} : { description }) };
}

function callOf(model: SdkLanguageModel, request: ReplyRequest): Partial<SdkCall> {
  switch (providerOf(model)) {
    case 'openai':
      return { providerOptions: { openai: openAiOptions(request) } };
    case 'anthropic':
      return anthropicCall(model, request);
    case null:
      return {};
  }
}

function openAiOptions({ reasoning, parallelToolCalls, verbosity, format }: ReplyRequest) {
  const strict = format?.type === 'json_schema' ? format.strict : null;
  return {
    ...(reasoning?.mode === 'off' ? { reasoningEffort: 'none' } : {}),
    ...(reasoning?.mode === 'effort' ? { reasoningEffort: reasoning.effort } : {}),
    ...(reasoning?.mode === 'adaptive' && reasoning.effort !== undefined
      ? { reasoningEffort: reasoning.effort }
      : {}),
    ...(reasoning?.mode === 'budget' ? { reasoningEffort: effortOfBudget(reasoning.maxTokens) } : {}),
    ...(parallelToolCalls === undefined ? {} : { parallelToolCalls }),
    ...(verbosity === undefined ? {} : { textVerbosity: verbosity }),
    ...(strict === null ? {} : { strictJsonSchema: strict }),
  };
}

/** The AI SDK adds the budget to the limit for the output, which includes it for others. */
function anthropicCall(model: SdkLanguageModel, request: ReplyRequest): Partial<SdkCall> {
  const { reasoning, parallelToolCalls, maxOutputTokens } = request;
  const parallel = parallelToolCalls === undefined ? {} : { disableParallelToolUse: !parallelToolCalls };
  if (reasoning === undefined) return { providerOptions: { anthropic: parallel } };
  const limit = maxOutputTokens ?? defaultMaxTokens;
  const { thinking, effort } = thinkingFields(model.modelId, reasoning, limit);
  const efforts = effort === undefined ? {} : { effort };
  if (thinking.type !== 'enabled')
    return { providerOptions: { anthropic: { ...parallel, ...efforts, thinking } } };
  const { budget_tokens: budgetTokens } = thinking;
  return {
    maxOutputTokens: limit - budgetTokens,
    providerOptions: { anthropic: { ...parallel, thinking: { type: 'enabled', budgetTokens } } },
  };
}
