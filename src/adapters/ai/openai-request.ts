import { messageText, toolCallsOf } from '../../domain/chat/model-message.js';
import type { ModelMessage, ReplyRequest, ToolDefinition } from '../../ports/ai-model.js';

/** How a provider's Chat Completions differs from others'. */
export interface OpenAiDialect {
  /** Whether reasoning models get `developer` messages and `max_completion_tokens`, as OpenAI's own require. */
  isOpenAi: boolean;
  /** Whether the request asks for a last chunk with the usage. */
  asksForUsage: boolean;
}

/** Returns the body of a streaming request in the format of OpenAI's Chat Completions. */
export function openAiBody(model: string, request: ReplyRequest, dialect: OpenAiDialect): string {
  const { messages, maxOutputTokens, sampling, tools, toolChoice } = request;
  const reasons = dialect.isOpenAi && isReasoningModel(model);
  return JSON.stringify({
    model,
    messages: messages.flatMap((message) => openAiMessage(message, reasons ? 'developer' : 'system')),
    [reasons ? 'max_completion_tokens' : 'max_tokens']: maxOutputTokens ?? undefined,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    presence_penalty: sampling.presencePenalty,
    frequency_penalty: sampling.frequencyPenalty,
    seed: sampling.seed,
    stop: sampling.stop,
    tools: tools.length === 0 ? undefined : tools.map(openAiTool),
    tool_choice:
      typeof toolChoice === 'object' && toolChoice !== null
        ? { type: 'function', function: toolChoice }
        : (toolChoice ?? undefined),
    stream: true,
    stream_options: dialect.asksForUsage ? { include_usage: true } : undefined,
  });
}

/** Returns whether a name is one of OpenAI's reasoning models: the o series, and GPT-5 and later except its chat models. */
function isReasoningModel(model: string): boolean {
  const version = /^gpt-(\d+)(\.\d+)?(-chat)?/.exec(model);
  if (version === null) return /^o\d+(-|$)/.test(model);
  const isChat = version[2] === undefined && version[3] !== undefined;
  return Number(version[1]) >= 5 && !isChat;
}

function openAiMessage(message: ModelMessage, systemRole: 'system' | 'developer'): object | object[] {
  switch (message.role) {
    case 'system':
      return { role: systemRole, content: messageText(message) };
    case 'user':
      return { role: 'user', content: messageText(message) };
    case 'assistant': {
      const text = messageText(message);
      const calls = toolCallsOf(message.parts);
      if (calls === null) return { role: 'assistant', content: text };
      return {
        role: 'assistant',
        content: text === '' ? null : text,
        tool_calls: calls.map(({ id, name, arguments: json }) => ({
          id,
          type: 'function',
          function: { name, arguments: json.trim() === '' ? '{}' : json },
        })),
      };
    }
    case 'tool':
      return message.parts.map(({ toolCallId, content }) => ({
        role: 'tool',
        tool_call_id: toolCallId,
        content: messageText({ role: 'user', parts: content }),
      }));
  }
}

function openAiTool({ name, description, parameters, strict }: ToolDefinition): object {
  return {
    type: 'function',
    function: { name, description: description ?? undefined, parameters, strict },
  };
}
