import type { CacheControl, ModelMessage, ReplyPart } from '../../../ports/ai-model.js';
import { textMessage } from '../../../domain/chat/model-message.js';
import { invalidInput } from '../kit/problem.js';
import { rawValues } from '../kit/raw-json.js';
import type { AnthropicBlock, AnthropicMessage } from './message-fields.js';
import { toolIdErrors } from './tool-ids.js';

type Block<Type extends AnthropicBlock['type']> = Extract<AnthropicBlock, { type: Type }>;
type UserPart = Extract<ModelMessage, { role: 'user' }>['parts'][number];
type ResultPart = Extract<ModelMessage, { role: 'tool' }>['parts'][number];

/**
 * Converts messages to those of the model port. The input of a call keeps the bytes that it has in the body.
 *
 * @param json The text of the body.
 * @throws HttpProblem `invalid_input` if a message of the user is empty, or calls and results do not belong together.
 */
export function modelMessages(messages: readonly AnthropicMessage[], json: string): ModelMessage[] {
  const errors = toolIdErrors(messages);
  for (const [position, { role, content }] of messages.entries()) {
    if (role === 'user' && content.length === 0)
      errors[`messages.${position}.content`] = ['Must not be empty.'];
  }
  if (Object.keys(errors).length > 0) throw invalidInput(errors);
  let inputs: Map<string, string> | null = null;
  const inputOf = (path: string, { input }: Block<'tool_use'>) => {
    inputs ??= rawValues(json, ['messages', '*', 'content', '*', 'input']);
    return inputs.get(`${path}.input`) ?? JSON.stringify(input);
  };
  return messages.flatMap((message, position): ModelMessage[] => {
    if (message.role === 'system') return systemMessages(message.content);
    if (message.role === 'user') return userMessages(message.content);
    if (typeof message.content === 'string') return [textMessage('assistant', message.content)];
    const parts = message.content.map((block, index) =>
      replyPart(block, (call) => inputOf(`messages.${position}.content.${index}`, call)),
    );
    return [{ role: 'assistant', parts }];
  });
}

/** Converts a system prompt to messages of the model port: one, or none if it is empty. */
export function systemMessages(system: string | readonly Block<'text'>[]): ModelMessage[] {
  if (system.length === 0) return [];
  if (typeof system === 'string') return [textMessage('system', system)];
  return [{ role: 'system', parts: system.map(textPart) }];
}

/** Results of tools come first, and are a message of their own. */
function userMessages(content: Extract<AnthropicMessage, { role: 'user' }>['content']): ModelMessage[] {
  if (typeof content === 'string') return [textMessage('user', content)];
  const results: ResultPart[] = [];
  const parts: UserPart[] = [];
  for (const block of content) {
    if (block.type === 'tool_result') results.push(resultPart(block));
    else parts.push(userPart(block));
  }
  return [
    ...(results.length === 0 ? [] : [{ role: 'tool' as const, parts: results }]),
    ...(parts.length === 0 ? [] : [{ role: 'user' as const, parts }]),
  ];
}

function userPart(block: Block<'text' | 'image' | 'document'>): UserPart {
  switch (block.type) {
    case 'text':
      return textPart(block);
    case 'image': {
      const { source } = block;
      return {
        type: 'image',
        source: source.type === 'url' ? urlOf(source) : bytesOf(source.media_type, source.data),
        ...cached(block),
      };
    }
    case 'document':
      return { type: 'file', source: documentSource(block), name: block.title ?? null, ...cached(block) };
  }
}

function documentSource({ source }: Block<'document'>) {
  switch (source.type) {
    case 'url':
      return urlOf(source);
    case 'base64':
      return bytesOf(source.media_type, source.data);
    case 'text':
      return bytesOf(source.media_type, Buffer.from(source.data, 'utf8').toString('base64'));
  }
}

function urlOf({ url }: { url: string }) {
  return { type: 'url' as const, url };
}

function bytesOf(mediaType: string, data: string) {
  return { type: 'base64' as const, mediaType, data };
}

function textPart(block: Block<'text'>) {
  return { type: 'text' as const, text: block.text, ...cached(block) };
}

function resultPart(block: Block<'tool_result'>): ResultPart {
  const { tool_use_id: toolCallId, content, is_error: isError } = block;
  return {
    type: 'tool_result',
    toolCallId,
    content: typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []).map(userPart),
    isError: isError ?? false,
    ...cached(block),
  };
}

function replyPart(
  block: Block<'text' | 'thinking' | 'redacted_thinking' | 'tool_use'>,
  inputOf: (call: Block<'tool_use'>) => string,
): ReplyPart {
  switch (block.type) {
    case 'text':
      return textPart(block);
    case 'thinking': {
      const { thinking: text, signature } = block;
      // Reasoning of a provider without signatures has an empty one.
      return { type: 'reasoning', text, signature: signature === '' ? null : signature, isRedacted: false };
    }
    case 'redacted_thinking':
      return { type: 'reasoning', text: '', signature: block.data, isRedacted: true };
    case 'tool_use': {
      const { id, name } = block;
      return { type: 'tool_call', id, name, arguments: inputOf(block), ...cached(block) };
    }
  }
}

interface CachedBlock {
  cache_control?: Block<'text'>['cache_control'];
}

function cached({ cache_control: control }: CachedBlock): { cacheControl?: CacheControl } {
  return control == null ? {} : { cacheControl: { ttl: control.ttl ?? null } };
}

/** Returns the messages with a cache control on the last part that can have one, which is what it means on a request. */
export function cachedToTheEnd(
  messages: readonly ModelMessage[],
  cacheControl: CacheControl,
): ModelMessage[] {
  const isCacheable = ({ type }: ModelMessage['parts'][number]) => type !== 'reasoning';
  const last = messages.findLastIndex(({ parts }) => parts.some(isCacheable));
  return messages.map((message, position) => {
    if (position !== last) return message;
    const at = (message.parts as ModelMessage['parts'][number][]).findLastIndex(isCacheable);
    const parts = message.parts.map((part, index) => (index === at ? { cacheControl, ...part } : part));
    return { ...message, parts } as ModelMessage;
  });
}
