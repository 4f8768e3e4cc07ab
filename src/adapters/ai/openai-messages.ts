import { messageText, toolCallsOf } from '../../domain/chat/model-message.js';
import type { FilePart, ImagePart, ModelMessage, TextPart, ToolResultPart } from '../../ports/ai-model.js';
import { addressOf, textOfFile } from './media.js';
import { withMediaAfterResults } from './result-media.js';

/** How messages are sent. */
export interface MessageDialect {
  /** Whether the provider is OpenAI; others often accept only what most clients send. */
  isOpenAi: boolean;
  systemRole: 'system' | 'developer';
  /**
   * Whether `reasoning_content` is sent back with tool calls, as DeepSeek, Kimi and GLM require it. Without calls, some of
   * them reject it.
   */
  sendsReasoning: boolean;
}

type UserMessage = Extract<ModelMessage, { role: 'user' }>;
type MediaPart = ImagePart | FilePart;

/** Returns messages in the format of OpenAI's Chat Completions. */
export function openAiMessages(messages: readonly ModelMessage[], dialect: MessageDialect): object[] {
  return withMediaAfterResults(messages).flatMap((message) => openAiMessage(message, dialect));
}

function openAiMessage(message: ModelMessage, dialect: MessageDialect): object | object[] {
  switch (message.role) {
    case 'system':
      return { role: dialect.systemRole, content: messageText(message), name: message.name };
    case 'user':
      return { role: 'user', content: userContent(message, dialect), name: message.name };
    case 'assistant':
      return assistantMessage(message, dialect);
    case 'tool':
      return message.parts.map((part) => ({
        role: 'tool',
        tool_call_id: part.toolCallId,
        content: resultText(part),
      }));
  }
}

function userContent({ parts }: UserMessage, { isOpenAi }: MessageDialect): string | object[] {
  const isText = parts.every(({ type }) => type === 'text');
  if (isText && (parts.length < 2 || !isOpenAi)) return messageText({ role: 'user', parts });
  return parts.map(contentPart);
}

function contentPart(part: TextPart | MediaPart, position: number): object {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
      return { type: 'image_url', image_url: { url: addressOf(part.source), detail: part.detail } };
    case 'file': {
      const text = textOfFile(part);
      // Few of these providers accept other files than PDF.
      if (text !== null) return { type: 'text', text: `${part.name ?? 'File'}:\n${text}` };
      const filename = part.name ?? `file-${position + 1}.pdf`;
      return { type: 'file', file: { filename, file_data: addressOf(part.source) } };
    }
  }
}

function assistantMessage(
  message: Extract<ModelMessage, { role: 'assistant' }>,
  { sendsReasoning, isOpenAi }: MessageDialect,
): object {
  const text = messageText(message);
  const calls = toolCallsOf(message.parts);
  if (calls === null) return { role: 'assistant', content: text, name: message.name };
  const reasoning = message.parts.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');
  return {
    role: 'assistant',
    content: text === '' ? null : text,
    name: message.name,
    reasoning_content: sendsReasoning && reasoning !== '' ? reasoning : undefined,
    tool_calls: calls.map(({ id, name, arguments: json, signature }) => ({
      id,
      type: 'function',
      function: { name, arguments: json.trim() === '' ? '{}' : json },
      ...(isOpenAi || signature === undefined
        ? {}
        : { extra_content: { google: { thought_signature: signature } } }),
    })),
  };
}

/** The format has no field for an error. */
function resultText({ content, isError }: ToolResultPart): string {
  const text = messageText({ role: 'user', parts: content });
  return isError ? `Error: ${text}` : text;
}
