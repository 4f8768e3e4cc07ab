import type { OutputFormat, ReasoningRequest, ReplyRequest, ToolDefinition } from '../../ports/ai-model.js';
import { openAiMessages } from './openai-messages.js';
import { effortOfBudget } from './reasoning-budget.js';

/** How a provider's Chat Completions differs from others'. */
export interface OpenAiDialect {
  /** Whether reasoning models get `developer` messages and `max_completion_tokens`, as OpenAI's own require. */
  isOpenAi: boolean;
  /** Whether the request asks for a last chunk with the usage. */
  asksForUsage: boolean;
  /** Whether the reasoning before tool calls is sent back. */
  sendsReasoning: boolean;
}

/** Returns the body of a streaming request in the format of OpenAI's Chat Completions. */
export function openAiBody(model: string, request: ReplyRequest, dialect: OpenAiDialect): string {
  const { messages, maxOutputTokens, sampling, tools, toolChoice } = request;
  const { isOpenAi, asksForUsage, sendsReasoning } = dialect;
  const reasons = isOpenAi && isReasoningModel(model);
  return JSON.stringify({
    model,
    messages: openAiMessages(messages, {
      isOpenAi,
      systemRole: reasons ? 'developer' : 'system',
      sendsReasoning: sendsReasoning && !isOpenAi,
    }),
    [reasons ? 'max_completion_tokens' : 'max_tokens']: maxOutputTokens ?? undefined,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    presence_penalty: sampling.presencePenalty,
    frequency_penalty: sampling.frequencyPenalty,
    seed: sampling.seed,
    stop: sampling.stop,
    response_format: request.format === undefined ? undefined : responseFormat(request.format),
    reasoning_effort: reasoningEffort(request.reasoning, { isReasoner: reasons, isOpenAi }),
    verbosity: request.verbosity,
    tools: tools.length === 0 ? undefined : tools.map(openAiTool),
    tool_choice:
      typeof toolChoice === 'object' && toolChoice !== null
        ? { type: 'function', function: toolChoice }
        : (toolChoice ?? undefined),
    // OpenAI rejects it without tools.
    parallel_tool_calls: tools.length === 0 ? undefined : request.parallelToolCalls,
    stream: true,
    stream_options: asksForUsage ? { include_usage: true } : undefined,
  });
}

/** Returns whether a name is one of OpenAI's reasoning models: the o series, and GPT-5 and later except its chat models. */
function isReasoningModel(model: string): boolean {
  const version = /^gpt-(\d+)(\.\d+)?(-chat)?/.exec(model);
  if (version === null) return /^o\d+(-|$)/.test(model);
  const isChat = version[2] === undefined && version[3] !== undefined;
  return Number(version[1]) >= 5 && !isChat;
}

function responseFormat(format: OutputFormat): object {
  if (format.type === 'json') return { type: 'json_object' };
  const { name, description, schema, strict } = format;
  return {
    type: 'json_schema',
    json_schema: { name, description: description ?? undefined, schema, strict: strict ?? undefined },
  };
}

/**
 * Returns the effort of a request; undefined if the model decides, or never reasons. The format has no budgets.
 *
 * @param isReasoner Whether the name is that of one of OpenAI's reasoning models.
 */
function reasoningEffort(
  reasoning: ReasoningRequest | undefined,
  { isReasoner, isOpenAi }: { isReasoner: boolean; isOpenAi: boolean },
): string | undefined {
  switch (reasoning?.mode) {
    case 'off':
      // Models of other providers may be ones that reason without being asked to.
      return isReasoner || !isOpenAi ? 'none' : undefined;
    case 'effort':
      return reasoning.effort;
    case 'budget':
      return effortOfBudget(reasoning.maxTokens);
    case 'adaptive':
      // Other providers may reject a parameter that is only a hint.
      return isReasoner ? reasoning.effort : undefined;
    default:
      return undefined;
  }
}

function openAiTool({ name, description, parameters, strict }: ToolDefinition): object {
  return {
    type: 'function',
    function: { name, description: description ?? undefined, parameters, strict },
  };
}
