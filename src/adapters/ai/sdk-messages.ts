import type { LanguageModelV3Message, SharedV3ProviderOptions } from '@ai-sdk/provider';
import { messageText, toolCallsOf } from '../../domain/chat/model-message.js';
import type {
  CacheControl,
  FilePart,
  ImagePart,
  ModelMessage,
  ReplyPart,
  TextPart,
  ToolResultPart,
} from '../../ports/ai-model.js';
import { textOfFile, usualType } from './media.js';
import { withMediaAfterResults } from './result-media.js';

type SdkContent<Role> = Extract<LanguageModelV3Message, { role: Role }>['content'];
type SdkUserPart = SdkContent<'user'>[number];
type SdkReplyPart = SdkContent<'assistant'>[number];
type SdkOutput = Extract<SdkContent<'tool'>[number], { type: 'tool-result' }>['output'];

/**
 * Returns messages as the AI SDK's models accept them. Texts of other files than PDF are sent as texts.
 *
 * @param isAnthropic Whether the provider is Anthropic; others accept images only in messages of the user.
 */
export function sdkMessages(
  messages: readonly ModelMessage[],
  isAnthropic: boolean,
): LanguageModelV3Message[] {
  const toolNames = new Map<string, string>();
  const sent = isAnthropic ? messages : withMediaAfterResults(messages);
  // Some providers reject messages without content.
  return sent
    .flatMap((message) => sdkMessage(message, toolNames))
    .filter(({ content }) => content.length > 0);
}

/** @param toolNames The names of the calls before it, by their ids: a result has only the id of its call. */
function sdkMessage(message: ModelMessage, toolNames: Map<string, string>): LanguageModelV3Message[] {
  switch (message.role) {
    case 'system':
      if (message.parts.every(({ cacheControl }) => cacheControl === undefined)) {
        return [{ role: 'system', content: messageText(message) }];
      }
      return message.parts.map(({ text, cacheControl }) => ({
        role: 'system',
        content: text,
        ...cached(cacheControl),
      }));
    case 'user':
      return [{ role: 'user', content: message.parts.map(userPart) }];
    case 'assistant':
      for (const { id, name } of toolCallsOf(message.parts) ?? []) toolNames.set(id, name);
      return [{ role: 'assistant', content: message.parts.flatMap(replyPart) }];
    case 'tool':
      return [
        {
          role: 'tool',
          content: message.parts.map((part) => ({
            type: 'tool-result',
            toolCallId: part.toolCallId,
            toolName: toolNames.get(part.toolCallId) ?? '',
            output: outputOf(part),
            ...cached(part.cacheControl),
          })),
        },
      ];
  }
}

function userPart(part: TextPart | ImagePart | FilePart): SdkUserPart {
  const options = cached(part.cacheControl);
  if (part.type === 'text') return { type: 'text', text: part.text, ...options };
  const { source } = part;
  const mediaType = mediaTypeOf(part);
  const data = source.type === 'url' ? new URL(source.url) : source.data;
  if (part.type === 'image') {
    const { detail } = part;
    const detailed = detail === undefined ? {} : { openai: { imageDetail: detail } };
    return { type: 'file', mediaType, data, providerOptions: { ...options.providerOptions, ...detailed } };
  }
  const text = textOfFile(part);
  if (text !== null) return { type: 'text', text: `${part.name ?? 'File'}:\n${text}`, ...options };
  return {
    type: 'file',
    mediaType,
    data,
    ...(part.name === null ? {} : { filename: part.name }),
    ...options,
  };
}

/** The type of an address is not known. */
function mediaTypeOf({ type, source }: ImagePart | FilePart): string {
  if (source.type === 'base64') return usualType(source.mediaType);
  return type === 'image' ? 'image/*' : 'application/pdf';
}

function replyPart(part: ReplyPart): SdkReplyPart[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ type: 'text', text: part.text, ...cached(part.cacheControl) }];
    case 'reasoning': {
      const { text, signature, isRedacted } = part;
      if (signature === null) return [{ type: 'reasoning', text }];
      const anthropic = isRedacted ? { redactedData: signature } : { signature };
      return [{ type: 'reasoning', text, providerOptions: { anthropic } }];
    }
    case 'tool_call': {
      const { id, name, arguments: json, cacheControl } = part;
      return [
        { type: 'tool-call', toolCallId: id, toolName: name, input: parsed(json), ...cached(cacheControl) },
      ];
    }
  }
}

function outputOf({ content, isError }: ToolResultPart): SdkOutput {
  const text = messageText({ role: 'user', parts: content });
  if (isError) return { type: 'error-text', value: text };
  if (content.every((part) => part.type === 'text')) return { type: 'text', value: text };
  return { type: 'content', value: content.map(resultPart) };
}

function resultPart(
  part: TextPart | ImagePart | FilePart,
): Extract<SdkOutput, { type: 'content' }>['value'][number] {
  const options = cached(part.cacheControl);
  if (part.type === 'text') return { type: 'text', text: part.text, ...options };
  const { source } = part;
  if (part.type === 'image') {
    if (source.type === 'url') return { type: 'image-url', url: source.url, ...options };
    return { type: 'image-data', data: source.data, mediaType: mediaTypeOf(part), ...options };
  }
  const text = textOfFile(part);
  if (text !== null) return { type: 'text', text, ...options };
  if (source.type === 'url') return { type: 'file-url', url: source.url, ...options };
  return { type: 'file-data', data: source.data, mediaType: source.mediaType, ...options };
}

/** Returns the options that ask Anthropic to keep the input up to there in its cache. */
export function cached(cacheControl: CacheControl | undefined): {
  providerOptions?: SharedV3ProviderOptions;
} {
  if (cacheControl === undefined) return {};
  const { ttl } = cacheControl;
  const field = ttl === null ? { type: 'ephemeral' } : { type: 'ephemeral', ttl };
  return { providerOptions: { anthropic: { cacheControl: field } } };
}

function parsed(json: string): unknown {
  if (json.trim() === '') return {};
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
