import { DomainError } from '../../domain/errors.js';
import type { ModelMessage, OutputFormat, ReplyRequest, ToolDefinition } from '../../ports/ai-model.js';
import { anthropicMessages, anthropicSystem, cacheField } from './anthropic-messages.js';
import { isTurnUnsigned, thinkingFields } from './anthropic-thinking.js';

/** Anthropic requires a limit. */
const defaultMaxTokens = 4096;

/** More are rejected by Anthropic. */
const mostCacheControls = 4;

/** Returns the body of a streaming request in the format of Anthropic's Messages. System messages go to `system`. */
export function anthropicBody(model: string, request: ReplyRequest): string {
  const { messages, sampling, tools, format, reasoning } = request;
  throwIfCachedTooOften(messages, tools);
  const maxTokens = request.maxOutputTokens ?? defaultMaxTokens;
  const reasons = reasoning === undefined ? null : thinkingFields(model, reasoning, maxTokens);
  const rest = JSON.stringify({
    model,
    max_tokens: maxTokens,
    system: anthropicSystem(messages),
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    stop_sequences: sampling.stop,
    thinking:
      reasons?.thinking.type === 'enabled' && isTurnUnsigned(messages) ? undefined : reasons?.thinking,
    output_config: outputConfig(reasons?.effort, format),
    tools: tools.length === 0 ? undefined : tools.map(anthropicTool),
    tool_choice: tools.length === 0 ? undefined : anthropicToolChoice(request),
    stream: true,
  });
  return `${rest.slice(0, -1)},"messages":${anthropicMessages(messages)}}`;
}

function throwIfCachedTooOften(messages: readonly ModelMessage[], tools: readonly ToolDefinition[]): void {
  const count = cacheControls(tools) + messages.reduce((sum, { parts }) => sum + cacheControls(parts), 0);
  if (count <= mostCacheControls) return;
  const message = `At most ${mostCacheControls} parts may have cache control; the request has ${count}.`;
  throw new DomainError('unsupported_parameter', message, { fieldErrors: { cacheControl: [message] } });
}

function cacheControls(parts: readonly (ToolDefinition | ModelMessage['parts'][number])[]): number {
  let count = 0;
  for (const part of parts) {
    if ('cacheControl' in part) count += 1;
    if ('content' in part) count += cacheControls(part.content);
  }
  return count;
}

/** There is no field for the name of a schema; its description is part of it. */
function outputConfig(effort: string | undefined, format: OutputFormat | undefined): object | undefined {
  if (format?.type !== 'json_schema') return effort === undefined ? undefined : { effort };
  const { description, schema } = format;
  const described = description === null ? schema : { description, ...schema };
  return { effort, format: { type: 'json_schema', schema: described } };
}

function anthropicTool({ name, description, parameters, strict, cacheControl }: ToolDefinition): object {
  return {
    name,
    description: description ?? undefined,
    input_schema: parameters,
    strict: strict === true ? true : undefined,
    ...cacheField(cacheControl),
  };
}

function anthropicToolChoice({ toolChoice, parallelToolCalls }: ReplyRequest): object | undefined {
  if (toolChoice === 'none') return { type: 'none' };
  // Without a choice, the model decides.
  if (toolChoice === null && parallelToolCalls === undefined) return undefined;
  const choice =
    typeof toolChoice === 'object' && toolChoice !== null
      ? { type: 'tool', name: toolChoice.name }
      : { type: toolChoice === 'required' ? 'any' : 'auto' };
  return parallelToolCalls === undefined
    ? choice
    : { ...choice, disable_parallel_tool_use: !parallelToolCalls };
}
