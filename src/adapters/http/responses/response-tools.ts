import * as v from 'valibot';
import type { ReplyRequest, ToolDefinition } from '../../../ports/ai-model.js';
import { string } from '../kit/body-fields.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { exactly, jsonSchema, optionalBoolean, toolName } from '../openai/completion-fields.js';
import { chosenTool, maxTools, toolDefinitions } from '../openai/completion-tools.js';

/** The `tools` of a request, in the format of OpenAI's Responses API. */
export const responseTools = namedSchema(
  'ResponseTools',
  v.pipe(
    v.array(
      exactly({
        type: v.literal('function', 'Only tools of the type "function" are supported.'),
        name: toolName,
        description: v.nullish(string),
        parameters: v.nullish(jsonSchema),
        strict: optionalBoolean,
      }),
      'Must be a list of tools.',
    ),
    v.maxLength(maxTools, `Must have at most ${maxTools} entries.`),
  ),
);

/** The `tool_choice` of a request, in the format of OpenAI's Responses API. */
export const responseToolChoice = v.lazy((choice) =>
  typeof choice === 'object'
    ? exactly({
        type: v.literal('function', 'Only choices of the type "function" are supported.'),
        name: toolName,
      })
    : v.picklist(['none', 'auto', 'required'], 'Must be none, auto, required or an object.'),
);

/** Converts tools to those of the model port. Throws `invalid_input` if two have the same name. */
export function responseToolDefinitions(tools: v.InferOutput<typeof responseTools>): ToolDefinition[] {
  return toolDefinitions(tools, (index) => `tools.${index}.name`);
}

/** Converts a tool choice to that of the model port. Throws `invalid_input` if it requires a tool that is not in the list. */
export function responseToolChoiceOf(
  choice: v.InferOutput<typeof responseToolChoice> | null,
  tools: readonly ToolDefinition[],
): ReplyRequest['toolChoice'] {
  return chosenTool(typeof choice === 'object' && choice !== null ? { name: choice.name } : choice, tools);
}
