import type { ModelConnection } from '../../../src/adapters/ai/providers.js';
import type { ToolCall } from '../../../src/ports/ai-model.js';

/** The events of a streamed reply in one wire format. */
export interface WireFormat {
  provider: Exclude<ModelConnection['provider'], 'echo'>;
  start: string;
  /** Whether the start reports a usage: 5 tokens of input and 1 of output. */
  reportsAtStart: boolean;
  text(words: string): string;
  thought(words: string): string;
  toolCall(call: ToolCall): string;
  /** The end, with its reported usage, which may be undefined. */
  finish(reason: string, usage?: { input: unknown; output: unknown }): string;
  /** An error within the stream. */
  error: string;
}

const openAiChunk = (delta: object, more: object = {}) =>
  event({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: null }],
    ...more,
  });

const openAi = {
  reportsAtStart: false,
  start: openAiChunk({ role: 'assistant', content: '' }),
  text: (words: string) => openAiChunk({ content: words }),
  thought: (words: string) => openAiChunk({ reasoning_content: words }),
  toolCall: ({ id, name, arguments: json }: ToolCall) =>
    openAiChunk({ tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: '' } }] }) +
    Array.from(json)
      .map((part) => openAiChunk({ tool_calls: [{ index: 0, function: { arguments: part } }] }))
      .join(''),
  finish: (reason: string, usage?: { input: unknown; output: unknown }) =>
    openAiChunk({}, { choices: [{ index: 0, delta: {}, finish_reason: reason }] }) +
    (usage === undefined
      ? ''
      : openAiChunk(
          {},
          { choices: [], usage: { prompt_tokens: usage.input, completion_tokens: usage.output } },
        )) +
    'data: [DONE]\n\n',
  error: event({ error: { message: 'a private reason', type: 'server_error', code: 'x', param: null } }),
};

const anthropicReasons: Record<string, string> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
};

const anthropic: WireFormat = {
  provider: 'anthropic',
  reportsAtStart: true,
  start:
    event({
      type: 'message_start',
      message: {
        id: 'm1',
        type: 'message',
        role: 'assistant',
        model: 'm',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 5, output_tokens: 1 },
      },
    }) + block({ type: 'text', text: '' }, 0),
  text: (words) => delta({ type: 'text_delta', text: words }, 0),
  thought: (words) =>
    block({ type: 'thinking', thinking: '', signature: '' }, 1) +
    delta({ type: 'thinking_delta', thinking: words }, 1) +
    event({ type: 'content_block_stop', index: 1 }),
  toolCall: ({ id, name, arguments: json }) =>
    block({ type: 'tool_use', id, name, input: {} }, 2) +
    Array.from(json)
      .map((part) => delta({ type: 'input_json_delta', partial_json: part }, 2))
      .join('') +
    event({ type: 'content_block_stop', index: 2 }),
  finish: (reason, usage) =>
    event({ type: 'content_block_stop', index: 0 }) +
    event({
      type: 'message_delta',
      delta: { stop_reason: anthropicReasons[reason] ?? reason, stop_sequence: null },
      ...(usage === undefined ? {} : { usage: { input_tokens: usage.input, output_tokens: usage.output } }),
    }) +
    event({ type: 'message_stop' }),
  error: event({ type: 'error', error: { type: 'api_error', message: 'a private reason' } }),
};

function block(content_block: object, index: number): string {
  return event({ type: 'content_block_start', index, content_block });
}

function delta(change: object, index: number): string {
  return event({ type: 'content_block_delta', index, delta: change });
}

function event(value: object): string {
  const name = 'type' in value ? `event: ${String(value.type)}\n` : '';
  return `${name}data: ${JSON.stringify(value)}\n\n`;
}

/** The format of most providers. */
export const openAiCompatible: WireFormat = { provider: 'openai-compatible', ...openAi };

/** Every provider behind HTTP, with its format. */
export const wireFormats: WireFormat[] = [openAiCompatible, { provider: 'openai', ...openAi }, anthropic];
