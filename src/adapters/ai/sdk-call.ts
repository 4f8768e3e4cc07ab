import type { LanguageModelV3 } from '@ai-sdk/provider';
import { messageText, toolCallsOf } from '../../domain/chat/model-message.js';
import type { ModelMessage, ReplyRequest } from '../../ports/ai-model.js';

/** A language model of the AI SDK, as its providers make them. */
export type SdkLanguageModel = LanguageModelV3;

type SdkCall = Parameters<SdkLanguageModel['doStream']>[0];
type SdkMessage = SdkCall['prompt'][number];

/** Returns a request as the AI SDK's models accept it. */
export function sdkCall({
  messages,
  maxOutputTokens,
  sampling,
  tools,
  toolChoice,
  signal,
}: ReplyRequest): SdkCall {
  const { stop, ...rest } = sampling;
  return {
    // Some providers reject messages without content.
    prompt: messages
      .map((message) => sdkMessage(message, messages))
      .filter(({ content }) => content.length > 0),
    ...(maxOutputTokens === null ? {} : { maxOutputTokens }),
    ...rest,
    ...(stop === undefined ? {} : { stopSequences: [...stop] }),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters, strict }) => ({
            type: 'function' as const,
            name,
            ...(description === null ? {} : { description }),
            inputSchema: parameters,
            ...(strict === undefined ? {} : { strict }),
          })),
        }),
    ...(toolChoice === null ? {} : { toolChoice: sdkToolChoice(toolChoice) }),
    abortSignal: signal,
  };
}

function sdkToolChoice(choice: NonNullable<ReplyRequest['toolChoice']>): NonNullable<SdkCall['toolChoice']> {
  return typeof choice === 'string' ? { type: choice } : { type: 'tool', toolName: choice.name };
}

function sdkMessage(message: ModelMessage, all: readonly ModelMessage[]): SdkMessage {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: messageText(message) };
    case 'user':
      return { role: 'user', content: [{ type: 'text', text: messageText(message) }] };
    case 'assistant': {
      const text = messageText(message);
      return {
        role: 'assistant',
        content: [
          ...(text === '' ? [] : [{ type: 'text' as const, text }]),
          ...(toolCallsOf(message.parts) ?? []).map((call) => ({
            type: 'tool-call' as const,
            toolCallId: call.id,
            toolName: call.name,
            input: parsed(call.arguments),
          })),
        ],
      };
    }
    case 'tool':
      return {
        role: 'tool',
        content: message.parts.map(({ toolCallId, content }) => ({
          type: 'tool-result',
          toolCallId,
          toolName: toolNameOf(toolCallId, all),
          output: { type: 'text', value: messageText({ role: 'user', parts: content }) },
        })),
      };
  }
}

/** A result has only the id of its call. */
function toolNameOf(toolCallId: string, messages: readonly ModelMessage[]): string {
  const calls = messages.flatMap((message) =>
    message.role === 'assistant' ? (toolCallsOf(message.parts) ?? []) : [],
  );
  return calls.find(({ id }) => id === toolCallId)?.name ?? '';
}

function parsed(json: string): unknown {
  if (json.trim() === '') return {};
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
