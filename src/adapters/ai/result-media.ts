import type { FilePart, ImagePart, ModelMessage, ToolResultPart } from '../../ports/ai-model.js';

type UserParts = Extract<ModelMessage, { role: 'user' }>['parts'];

/**
 * Returns the messages with the images and files of tool results in the next message of the user, or in one of their own,
 * for providers that accept them nowhere else. The results of one reply stay together.
 */
export function withMediaAfterResults(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const hasAny = messages.some(
    (message) => message.role === 'tool' && message.parts.some((part) => mediaOf(part).length > 0),
  );
  if (!hasAny) return messages;
  const sent: ModelMessage[] = [];
  let waiting: UserParts[number][] = [];
  for (const message of messages) {
    if (message.role === 'tool') {
      for (const part of message.parts) waiting.push(...mediaWithLabel(part));
      sent.push({ role: 'tool', parts: message.parts.map(withoutMedia) });
      continue;
    }
    if (message.role === 'user') sent.push({ ...message, parts: [...waiting, ...message.parts] });
    else if (waiting.length > 0) sent.push({ role: 'user', parts: waiting }, message);
    else sent.push(message);
    waiting = [];
  }
  if (waiting.length > 0) sent.push({ role: 'user', parts: waiting });
  return sent;
}

function mediaWithLabel(result: ToolResultPart): UserParts {
  const media = mediaOf(result);
  if (media.length === 0) return [];
  return [{ type: 'text', text: `Result of the tool call ${result.toolCallId}:` }, ...media];
}

function withoutMedia(result: ToolResultPart): ToolResultPart {
  if (mediaOf(result).length === 0) return result;
  const texts = result.content.filter((part) => part.type === 'text');
  const note = { type: 'text' as const, text: '(Images and files of this result are in the next message.)' };
  return { ...result, content: [...texts, note] };
}

function mediaOf({ content }: ToolResultPart): (ImagePart | FilePart)[] {
  return content.filter((part) => part.type !== 'text');
}
