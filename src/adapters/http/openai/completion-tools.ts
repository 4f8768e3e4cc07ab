import * as v from 'valibot';
import type { ReplyRequest, ToolDefinition } from '../../../ports/ai-model.js';
import { exactly, text, toolName } from './completion-fields.js';
import { invalidInput } from '../kit/problem.js';

/** As they came: no name in a schema is lost or read as anything else. */
const jsonSchema = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Must be an object.',
);

/** The most tools that OpenAI takes. */
const maxTools = 128;

/** The tools of a request, as OpenAI's API words them. */
export const completionTools = v.pipe(
  v.array(
    exactly({
      type: v.literal('function', 'Only tools of the type "function" are supported.'),
      function: exactly({
        name: toolName,
        description: v.nullish(text),
        parameters: v.nullish(jsonSchema),
        strict: v.nullish(v.boolean('Must be true or false.')),
      }),
    }),
    'Must be a list of tools.',
  ),
  v.maxLength(maxTools, `Must be ${maxTools} at most.`),
);

/** Which tools a model may call, as OpenAI's API words it. */
export const completionToolChoice = v.lazy((choice) =>
  typeof choice === 'object'
    ? exactly({
        type: v.literal('function', 'Only choices of the type "function" are supported.'),
        function: exactly({ name: toolName }),
      })
    : v.picklist(['none', 'auto', 'required'], 'Must be none, auto, required or an object.'),
);

/** The tools as a model is given them. A tool without parameters takes none. */
export function modelTools(tools: v.InferOutput<typeof completionTools>): ToolDefinition[] {
  const faults = tools.flatMap(({ function: { name } }, index) =>
    tools.findIndex((tool) => tool.function.name === name) < index ? [index] : [],
  );
  if (faults.length > 0) {
    throw invalidInput({ [`tools.${faults[0] ?? 0}.function.name`]: ['Must be the name of one tool only.'] });
  }
  return tools.map(({ function: { name, description, parameters, strict } }) => ({
    name,
    description: description ?? null,
    parameters: parameters ?? { type: 'object', properties: {} },
    // Not to be strict is what every provider takes for granted.
    ...(strict === true ? { strict } : {}),
  }));
}

/** The choice as a model is given it. Refuses to demand a tool that there is not. */
export function modelToolChoice(
  choice: v.InferOutput<typeof completionToolChoice> | null,
  tools: readonly ToolDefinition[],
): ReplyRequest['toolChoice'] {
  if (choice === null) return null;
  if (typeof choice === 'string') {
    if (choice === 'required' && tools.length === 0) {
      throw invalidInput({ tool_choice: ['Needs tools to choose from.'] });
    }
    return tools.length === 0 ? null : choice;
  }
  const { name } = choice.function;
  if (!tools.some((tool) => tool.name === name)) {
    throw invalidInput({ tool_choice: ['Must name one of the tools.'] });
  }
  return { name };
}
