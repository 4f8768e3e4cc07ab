import * as v from 'valibot';
import { messageText, replyParts, textMessage } from '../../../domain/chat/model-message.js';
import type { FieldErrors } from '../../../domain/errors.js';
import type { ModelMessage } from '../../../ports/ai-model.js';
import { string } from '../kit/body-fields.js';
import { exactly, notEmpty, textContent, toolName } from './completion-fields.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';

const toolCall = exactly({
  id: v.pipe(string, notEmpty),
  type: v.literal('function', 'Only calls of the type "function" are supported.'),
  function: exactly({ name: toolName, arguments: string }),
});

/** The `messages` of a request, in the format of OpenAI's API. */
export const completionMessages = namedSchema(
  'CompletionMessages',
  v.pipe(
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
          // Some clients repeat the name of the tool, which its call has given already.
          exactly({
            role: v.literal('tool'),
            content: textContent,
            tool_call_id: string,
            name: v.nullish(string),
          }),
        ],
        'Must be system, developer, user, assistant or tool.',
      ),
      'Must be a list of messages.',
    ),
    v.nonEmpty('Must not be empty.'),
  ),
);

type CompletionMessage = v.InferOutput<typeof completionMessages>[number];

/**
 * Converts messages to those of the model port. Throws `invalid_input` if an assistant's message has neither content nor
 * tool calls, or if a tool's message refers to no tool call before it.
 */
export function modelMessages(messages: readonly CompletionMessage[]): ModelMessage[] {
  const earlierCallIds = new Set<string>();
  return messages.map((message, index) => {
    const errors = messageErrors(message, earlierCallIds, `messages.${index}`);
    if (errors !== null) throw invalidInput(errors);
    if (message.role === 'assistant') for (const { id } of message.tool_calls ?? []) earlierCallIds.add(id);
    return modelMessage(message);
  });
}

/** Returns the text of the last message of the user, or null if there is none. */
export function lastUserText(messages: readonly ModelMessage[]): string | null {
  const last = messages.findLast(({ role }) => role === 'user');
  return last === undefined ? null : messageText(last);
}

function messageErrors(
  message: CompletionMessage,
  earlierCallIds: ReadonlySet<string>,
  path: string,
): FieldErrors | null {
  if (message.role === 'assistant' && message.content == null && (message.tool_calls ?? []).length === 0) {
    return { [`${path}.content`]: ['Is required if there are no tool calls.'] };
  }
  if (message.role === 'tool' && !earlierCallIds.has(message.tool_call_id)) {
    return { [`${path}.tool_call_id`]: ['Must be the id of a tool call in an earlier message.'] };
  }
  return null;
}

function modelMessage(message: CompletionMessage): ModelMessage {
  switch (message.role) {
    case 'system':
    case 'developer':
      return textMessage('system', message.content);
    case 'user':
      return textMessage('user', message.content);
    case 'assistant':
      return {
        role: 'assistant',
        parts: replyParts(
          message.content ?? '',
          (message.tool_calls ?? []).map(({ id, function: { name, arguments: json } }) => ({
            ...{ id, name },
            // Clients send back the arguments that they received, which are empty if the tool takes none.
            arguments: json.trim() === '' ? '{}' : json,
          })),
        ),
      };
    case 'tool':
      return {
        role: 'tool',
        parts: [
          {
            type: 'tool_result',
            toolCallId: message.tool_call_id,
            content: [{ type: 'text', text: message.content }],
            isError: false,
          },
        ],
      };
  }
}
