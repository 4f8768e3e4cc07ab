import type { ModelMessage, ReplyPart, TextPart, ToolCall, ToolCallPart } from '../../ports/ai-model.js';

/** Returns a message of a text alone. */
export function textMessage<Role extends 'system' | 'user' | 'assistant'>(
  role: Role,
  text: string,
): { role: Role; parts: TextPart[] } {
  return { role, parts: [{ type: 'text', text }] };
}

/**
 * Returns the text of a message without its other parts; successive texts are joined by line breaks.
 *
 * @param message The message, or nothing.
 * @returns The text, which is empty without a message and for the result of a tool without text.
 *
 * @example
 * ```ts
 * const question = messageText({ role: 'user', parts: [{ type: 'text', text: 'What is a ledger?' }] });
 * ```
 */
export function messageText(message: ModelMessage | undefined): string {
  return message === undefined ? '' : textOfParts(message.parts).join('\n');
}

function textOfParts(parts: ModelMessage['parts']): string[] {
  return parts.flatMap((part) => {
    if (part.type === 'text') return [part.text];
    return part.type === 'tool_result' ? textOfParts(part.content) : [];
  });
}

/** Returns the calls of a reply; null if there are none. */
export function toolCallsOf(parts: readonly ReplyPart[]): ToolCall[] | null {
  const calls = parts.filter((part): part is ToolCallPart => part.type === 'tool_call');
  if (calls.length === 0) return null;
  return calls.map(callOf);
}

/** Returns a call without what it is as a part. */
export function callOf({ id, name, arguments: json, signature }: ToolCallPart): ToolCall {
  return { id, name, arguments: json, ...(signature === undefined ? {} : { signature }) };
}

/** Returns the parts of a reply that is a text, then calls of tools. */
export function replyParts(text: string, toolCalls: readonly ToolCall[] | null): ReplyPart[] {
  return [
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...(toolCalls ?? []).map((call) => ({ type: 'tool_call' as const, ...call })),
  ];
}
