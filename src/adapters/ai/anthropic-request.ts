import { messageText, toolCallsOf } from '../../domain/chat/model-message.js';
import type { ModelMessage, ReplyRequest, ToolDefinition } from '../../ports/ai-model.js';
import { recordOf } from './lenient-json.js';

/** Anthropic requires a limit. */
const defaultMaxTokens = 4096;

/** A message as the JSON texts of its blocks, so that the arguments of tool calls stay byte for byte. */
interface BlockMessage {
  role: 'user' | 'assistant';
  blocks: string[];
}

/**
 * Returns the body of a streaming request in the format of Anthropic's Messages. System messages go to `system`.
 * Successive messages of one role become one, which Anthropic requires for the results of tools. Blank texts, which
 * Anthropic rejects, are left out, and so are messages without anything else.
 */
export function anthropicBody(model: string, request: ReplyRequest): string {
  const { messages, maxOutputTokens, sampling, tools, toolChoice } = request;
  const system = messages.flatMap((message) =>
    message.role === 'system' ? message.parts.filter(({ text }) => !isBlank(text)) : [],
  );
  const rest = JSON.stringify({
    model,
    max_tokens: maxOutputTokens ?? defaultMaxTokens,
    system: system.length === 0 ? undefined : system.map(({ text }) => ({ type: 'text', text })),
    temperature: sampling.temperature,
    top_p: sampling.topP,
    stop_sequences: sampling.stop,
    tools: tools.length === 0 ? undefined : tools.map(anthropicTool),
    tool_choice: toolChoice === null || tools.length === 0 ? undefined : anthropicToolChoice(toolChoice),
    stream: true,
  });
  const texts = blockMessages(messages).map(
    ({ role, blocks }) => `{"role":"${role}","content":[${blocks.join(',')}]}`,
  );
  return `${rest.slice(0, -1)},"messages":[${texts.join(',')}]}`;
}

function blockMessages(messages: readonly ModelMessage[]): BlockMessage[] {
  const merged: BlockMessage[] = [];
  for (const [position, message] of messages.entries()) {
    if (message.role === 'system') continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const blocks = blocksOf(message, position === messages.length - 1);
    if (blocks.length === 0) continue;
    const last = merged.at(-1);
    if (last?.role === role) last.blocks.push(...blocks);
    else merged.push({ role, blocks });
  }
  return merged;
}

function blocksOf(message: Exclude<ModelMessage, { role: 'system' }>, isLast: boolean): string[] {
  switch (message.role) {
    case 'user':
      return textBlocks(messageText(message));
    case 'assistant': {
      const text = messageText(message);
      // A reply that the model continues must not end in white space.
      return [
        ...textBlocks(isLast ? text.trimEnd() : text),
        ...(toolCallsOf(message.parts) ?? []).map(
          ({ id, name, arguments: json }) =>
            `{"type":"tool_use","id":${JSON.stringify(usableId(id))},"name":${JSON.stringify(name)},"input":${inputOf(json)}}`,
        ),
      ];
    }
    case 'tool':
      return message.parts.map(({ toolCallId, content }) =>
        JSON.stringify({
          type: 'tool_result',
          tool_use_id: usableId(toolCallId),
          content: messageText({ role: 'user', parts: content }),
        }),
      );
  }
}

function textBlocks(text: string): string[] {
  return isBlank(text) ? [] : [JSON.stringify({ type: 'text', text })];
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** Ids of another provider may have characters that Anthropic rejects. */
function usableId(id: string): string {
  return id.replaceAll(/[^\w-]/g, '_');
}

/**
 * Returns the arguments of a call as JSON that Anthropic accepts. An object is passed on byte for byte. Anything else, such
 * as arguments that were cut off, becomes the text in `{"arguments": …}`: the input must be an object, and the model must
 * see what it wrote.
 */
function inputOf(json: string): string {
  if (isBlank(json)) return '{}';
  try {
    if (recordOf(JSON.parse(json)) !== null) return json;
  } catch {
    // Passed on as a text.
  }
  return JSON.stringify({ arguments: json });
}

function anthropicTool({ name, description, parameters }: ToolDefinition): object {
  return { name, description: description ?? undefined, input_schema: parameters };
}

function anthropicToolChoice(choice: NonNullable<ReplyRequest['toolChoice']>): object {
  if (typeof choice === 'object') return { type: 'tool', name: choice.name };
  return { type: choice === 'required' ? 'any' : choice };
}
