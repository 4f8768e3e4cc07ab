import * as v from 'valibot';
import type { ReplyRequest, ToolDefinition } from '../../../ports/ai-model.js';
import { string } from '../kit/body-fields.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';
import { exactly, optionalBoolean } from '../openai/completion-fields.js';
import { anyObject, cacheControl, toolName } from './content-fields.js';

/** The `tools` of a request in the format of Anthropic's API. */
export const toolsField = namedSchema(
  'AnthropicTools',
  v.array(
    exactly({
      type: v.nullish(v.literal('custom')),
      name: toolName,
      description: v.nullish(string),
      input_schema: anyObject,
      strict: optionalBoolean,
      cache_control: cacheControl,
      // How the provider sends the arguments, which does not change them.
      eager_input_streaming: optionalBoolean,
      defer_loading: v.nullish(v.literal(false, 'Must be false or absent.')),
      allowed_callers: v.nullish(v.array(v.literal('direct', 'Must be direct.'))),
    }),
    'Must be a list of tools.',
  ),
);

const mayCallSeveral = { disable_parallel_tool_use: optionalBoolean };

/** The `tool_choice` of a request in the format of Anthropic's API. */
export const toolChoiceField = v.variant(
  'type',
  [
    exactly({ type: v.literal('auto'), ...mayCallSeveral }),
    exactly({ type: v.literal('any'), ...mayCallSeveral }),
    exactly({ type: v.literal('tool'), name: toolName, ...mayCallSeveral }),
    exactly({ type: v.literal('none') }),
  ],
  'Must be auto, any, tool or none.',
);

type ToolChoice = v.InferOutput<typeof toolChoiceField>;

/** Converts tools to those of the model port. Throws `invalid_input` if two have the same name. */
export function modelTools(tools: v.InferOutput<typeof toolsField>): ToolDefinition[] {
  const names = tools.map(({ name }) => name);
  const duplicate = names.findIndex((name, index) => names.indexOf(name) < index);
  if (duplicate !== -1) {
    throw invalidInput({ [`tools.${duplicate}.name`]: ['Must be unique among the tools.'] });
  }
  return tools.map(({ name, description, input_schema: parameters, strict, cache_control: cached }) => ({
    name,
    description: description ?? null,
    parameters,
    // Absent is the default of every provider, and the same as false.
    ...(strict === true ? { strict } : {}),
    ...(cached == null ? {} : { cacheControl: { ttl: cached.ttl ?? null } }),
  }));
}

/** Converts a tool choice to that of the model port. Throws `invalid_input` if it requires a tool that is not in the list. */
export function modelToolChoice(
  choice: ToolChoice | null,
  tools: readonly ToolDefinition[],
): Pick<ReplyRequest, 'toolChoice' | 'parallelToolCalls'> {
  if (choice === null) return { toolChoice: null };
  if (tools.length === 0) {
    if (choice.type === 'any' || choice.type === 'tool')
      throw invalidInput({ tool_choice: ['Requires at least one tool.'] });
    return { toolChoice: null };
  }
  if (choice.type === 'none') return { toolChoice: 'none' };
  if (choice.type === 'tool' && !tools.some(({ name }) => name === choice.name)) {
    throw invalidInput({ 'tool_choice.name': ['Must name one of the tools.'] });
  }
  return {
    toolChoice: choice.type === 'tool' ? { name: choice.name } : choice.type === 'any' ? 'required' : 'auto',
    ...(choice.disable_parallel_tool_use === true ? { parallelToolCalls: false } : {}),
  };
}
