import type { FieldErrors } from '../../../domain/errors.js';
import type { AnthropicMessage } from './message-fields.js';

/**
 * Returns what is wrong with the order of calls and results, as Anthropic requires it: the ids of calls are unique, the
 * next message of the user begins with the result of each call, and a result belongs to a call of the message before it.
 * Successive messages of one role count as one.
 */
export function toolIdErrors(messages: readonly AnthropicMessage[]): FieldErrors {
  const errors: FieldErrors = {};
  const known = new Set<string>();
  /** The calls without a result, with the paths of their ids. */
  let open = new Map<string, string>();
  let role: 'user' | 'assistant' = 'user';
  let hasOther = false;
  const endOpen = () => {
    for (const path of open.values()) errors[path] = ['Must have a tool_result block in the next message.'];
    open = new Map();
  };
  for (const [position, message] of messages.entries()) {
    if (message.role === 'system') continue;
    if (message.role !== role) {
      if (message.role === 'assistant') endOpen();
      role = message.role;
      hasOther = false;
    }
    if (typeof message.content === 'string') {
      hasOther = true;
      continue;
    }
    for (const [index, block] of message.content.entries()) {
      const path = `messages.${position}.content.${index}`;
      if (block.type === 'tool_use') {
        if (known.has(block.id)) errors[`${path}.id`] = ['Must be unique among the calls.'];
        known.add(block.id);
        open.set(block.id, `${path}.id`);
      } else if (block.type === 'tool_result') {
        if (hasOther) errors[path] = ['Must precede all other blocks of the message.'];
        else if (!open.delete(block.tool_use_id)) {
          errors[`${path}.tool_use_id`] = ['Must be the id of a tool_use block in the message before.'];
        }
      } else hasOther = true;
    }
  }
  endOpen();
  return errors;
}
