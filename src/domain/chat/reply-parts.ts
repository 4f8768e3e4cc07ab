import type { ReplyPart, ToolCall } from '../../ports/ai-model.js';
import type { Exchange } from './exchange.js';
import type { MessageChunk } from './message.js';
import { replyParts } from './model-message.js';

/** Returns the parts to store with a reply; null if they are its text and then its calls, so that nothing is stored twice. */
export function storedParts(parts: readonly ReplyPart[]): ReplyPart[] | null {
  const order = parts.map(({ type }) => type).join();
  if (/^(text)?,?(tool_call,?)*$/.test(order)) return null;
  return parts.map((part) => (part.type === 'tool_call' ? withArguments(part) : part));
}

/** Returns the calls to store with a reply; null if there are none. */
export function storedCalls(toolCalls: readonly ToolCall[]): ToolCall[] | null {
  return toolCalls.length === 0 ? null : toolCalls.map(withArguments);
}

/** Clients parse arguments as JSON, which an empty text is not. */
function withArguments<Call extends ToolCall>(call: Call): Call {
  return call.arguments === '' ? { ...call, arguments: '{}' } : call;
}

/** Returns the parts of a stored reply. */
export function sentParts({
  reply,
  toolCalls,
  replyParts: parts,
}: Pick<Exchange, 'toolCalls' | 'replyParts'> & { reply: string }): readonly ReplyPart[] {
  return parts ?? replyParts(reply, toolCalls);
}

/** Yields the chunks of a part of a stored reply. */
export function* chunksOf(part: ReplyPart): Generator<MessageChunk, void> {
  switch (part.type) {
    case 'text':
      yield { type: 'text', text: part.text };
      return;
    case 'reasoning': {
      const { text, signature, isRedacted } = part;
      if (text !== '') yield { type: 'reasoning', text };
      if (signature !== null) yield { type: 'reasoning_end', signature, isRedacted };
      return;
    }
    case 'tool_call': {
      const { id, name, arguments: json } = part;
      yield { type: 'tool_call', call: { id, name, arguments: json } };
    }
  }
}
