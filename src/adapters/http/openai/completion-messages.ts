import * as v from 'valibot';
import type { FieldErrors } from '../../../domain/errors.js';
import type { ModelMessage } from '../../../ports/ai-model.js';
import { exactly, notEmpty, text, textContent, toolName } from './completion-fields.js';
import { invalidInput } from '../kit/problem.js';

const toolCall = exactly({
  id: v.pipe(text, notEmpty),
  type: v.literal('function', 'Only calls of the type "function" are supported.'),
  function: exactly({ name: toolName, arguments: text }),
});

/** The messages of a request, as OpenAI's API words them. */
export const completionMessages = v.pipe(
  v.array(
    v.variant(
      'role',
      [
        exactly({ role: v.picklist(['system', 'developer']), content: textContent }),
        exactly({ role: v.literal('user'), content: textContent }),
        exactly({
          role: v.literal('assistant'),
          content: v.nullish(textContent),
          tool_calls: v.nullish(v.array(toolCall, 'Must be a list of tool calls.')),
        }),
        // Some clients give the name of the tool again, which its call has given already.
        exactly({ role: v.literal('tool'), content: textContent, tool_call_id: text, name: v.nullish(text) }),
      ],
      'Must be system, developer, user, assistant or tool.',
    ),
    'Must be a list of messages.',
  ),
  v.nonEmpty('Must not be empty.'),
);

type CompletionMessage = v.InferOutput<typeof completionMessages>[number];

/**
 * The messages as a model is shown them. Refuses an assistant's message that says and asks nothing, and a tool's result
 * that answers no call before it.
 */
export function modelMessages(messages: readonly CompletionMessage[]): ModelMessage[] {
  const called = new Set<string>();
  return messages.map((message, index) => {
    const faults = faultsOf(message, called, `messages.${index}`);
    if (faults !== null) throw invalidInput(faults);
    if (message.role === 'assistant') for (const { id } of message.tool_calls ?? []) called.add(id);
    return modelMessage(message);
  });
}

/** The last text that is the user's, or null. */
export function lastAsked(messages: readonly ModelMessage[]): string | null {
  return messages.findLast(({ role }) => role === 'user')?.text ?? null;
}

function faultsOf(message: CompletionMessage, called: ReadonlySet<string>, at: string): FieldErrors | null {
  if (message.role === 'assistant' && message.content == null && (message.tool_calls ?? []).length === 0) {
    return { [`${at}.content`]: ['Is required where there are no tool calls.'] };
  }
  if (message.role === 'tool' && !called.has(message.tool_call_id)) {
    return { [`${at}.tool_call_id`]: ['Must be the id of a tool call in an earlier message.'] };
  }
  return null;
}

function modelMessage(message: CompletionMessage): ModelMessage {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', text: message.content };
    case 'user':
      return { role: 'user', text: message.content };
    case 'assistant':
      return {
        role: 'assistant',
        text: message.content ?? '',
        toolCalls: (message.tool_calls ?? []).map(({ id, function: { name, arguments: json } }) => ({
          ...{ id, name },
          // Clients send back what they were given, which is empty where a tool takes no arguments.
          arguments: json.trim() === '' ? '{}' : json,
        })),
      };
    case 'tool':
      return { role: 'tool', toolCallId: message.tool_call_id, text: message.content };
  }
}
