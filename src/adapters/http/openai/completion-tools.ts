import * as v from 'valibot';
import type { ReplyRequest, ToolDefinition } from '../../../ports/ai-model.js';
import { string } from '../kit/body-fields.js';
import { exactly, jsonSchema, toolName } from './completion-fields.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';

/** OpenAI's own limit. */
export const maxTools = 128;

/** The `tools` of a request, in the format of OpenAI's API. */
export const completionTools = namedSchema(
  'CompletionTools',
  v.pipe(
    v.array(
      exactly({
        type: v.literal('function', 'Only tools of the type "function" are supported.'),
        function: exactly({
          name: toolName,
          description: v.nullish(string),
          parameters: v.nullish(jsonSchema),
          strict: v.nullish(v.boolean('Must be true or false.')),
        }),
      }),
      'Must be a list of tools.',
    ),
    v.maxLength(maxTools, `Must have at most ${maxTools} entries.`),
  ),
);

/** The `tool_choice` of a request, in the format of OpenAI's API. */
export const completionToolChoice = v.lazy((choice) =>
  typeof choice === 'object'
    ? exactly({
        type: v.literal('function', 'Only choices of the type "function" are supported.'),
        function: exactly({ name: toolName }),
      })
    : v.picklist(['none', 'auto', 'required'], 'Must be none, auto, required or an object.'),
);

/** Converts tools to those of the model port. Throws `invalid_input` if two have the same name. */
export function modelTools(tools: v.InferOutput<typeof completionTools>): ToolDefinition[] {
  return toolDefinitions(
    tools.map(({ function: called }) => called),
    (index) => `tools.${index}.function.name`,
  );
}

/** A tool as both APIs of OpenAI describe it. */
interface DescribedTool {
  name: string;
  description?: string | null | undefined;
  parameters?: Record<string, unknown> | null | undefined;
  strict?: boolean | null | undefined;
}

/**
 * Converts tools to those of the model port. Throws `invalid_input` if two have the same name.
 *
 * @param nameField Returns the path of the name of the tool with this index.
 */
export function toolDefinitions(
  tools: readonly DescribedTool[],
  nameField: (index: number) => string,
): ToolDefinition[] {
  const names = new Set<string>();
  for (const [index, { name }] of tools.entries()) {
    if (names.has(name)) throw invalidInput({ [nameField(index)]: ['Must be unique among the tools.'] });
    names.add(name);
  }
  return tools.map(({ name, description, parameters, strict }) => ({
    name,
    description: description ?? null,
    parameters: parameters ?? { type: 'object', properties: {} },
    // Absent is the default of every provider, and the same as false.
    ...(strict === true ? { strict } : {}),
  }));
}

/** Converts a tool choice to that of the model port. Throws `invalid_input` if it requires a tool that is not in the list. */
export function modelToolChoice(
  choice: v.InferOutput<typeof completionToolChoice> | null,
  tools: readonly ToolDefinition[],
): ReplyRequest['toolChoice'] {
  return chosenTool(
    typeof choice === 'object' && choice !== null ? { name: choice.function.name } : choice,
    tools,
  );
}

/** Returns a tool choice without effect as null. Throws `invalid_input` if it requires a tool that is not in the list. */
export function chosenTool(
  choice: ReplyRequest['toolChoice'],
  tools: readonly ToolDefinition[],
): ReplyRequest['toolChoice'] {
  if (choice === null) return null;
  if (typeof choice === 'string') {
    if (choice === 'required' && tools.length === 0) {
      throw invalidInput({ tool_choice: ['Requires at least one tool.'] });
    }
    return tools.length === 0 ? null : choice;
  }
  if (!tools.some(({ name }) => name === choice.name)) {
    throw invalidInput({ tool_choice: ['Must name one of the tools.'] });
  }
  return choice;
}
