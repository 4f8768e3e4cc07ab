import type { Gathered } from './gathered.js';

/** A streamed reply as a provider really sends it, and the expected result. */
export interface Recording {
  name: string;
  provider: 'openai-compatible' | 'anthropic';
  body: string;
  reply: Gathered;
}

const data = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
const done = 'data: [DONE]\n\n';

const nothing: Gathered = { text: '', reasoning: '', calls: [], reason: 'stop', usage: null };

/** Returns a chunk in OpenAI's format. */
const chunk = (choice: object | null, more: object = {}) =>
  data({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'm',
    choices: choice === null ? [] : [{ index: 0, logprobs: null, finish_reason: null, ...choice }],
    ...more,
  });

const delta = (change: object, more: object = {}) => chunk({ delta: change }, more);
const toolDelta = (...fragments: object[]) => delta({ tool_calls: fragments });
const finish = (reason: string) => chunk({ delta: {}, finish_reason: reason });
const usage = (prompt: number, completion: number) => ({
  usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
});

/** Returns an event in Anthropic's format. */
const event = (type: string, more: object = {}) => `event: ${type}\n${data({ type, ...more })}`;
const block = (index: number, content_block: object) =>
  event('content_block_start', { index, content_block });
const change = (index: number, value: object) => event('content_block_delta', { index, delta: value });
const blockEnd = (index: number) => event('content_block_stop', { index });
const begun = (input: object) =>
  event('message_start', {
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      content: [],
      model: 'm',
      stop_reason: null,
      stop_sequence: null,
      usage: input,
    },
  });
const ended = (stop_reason: string, counts: object) =>
  event('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: counts }) +
  event('message_stop');

const weather = (city: string, id: string) => ({ id, name: 'weather', arguments: `{"city":"${city}"}` });

/** From the documentation of the providers and the reports of their users, each with its source. */
export const recordings: Recording[] = [
  {
    // https://platform.openai.com/docs/api-reference/chat-streaming: usage in a last chunk without choices.
    name: 'OpenAI, text with usage',
    provider: 'openai-compatible',
    body:
      delta({ role: 'assistant', content: '', refusal: null }, { usage: null }) +
      delta({ content: 'Hel' }, { usage: null, obfuscation: 'x7' }) +
      delta({ content: 'lo' }, { usage: null }) +
      chunk({ delta: {}, finish_reason: 'stop' }, { usage: null }) +
      chunk(null, usage(19, 10)) +
      done,
    reply: { ...nothing, text: 'Hello', usage: { input: 19, output: 10 } },
  },
  {
    // https://platform.openai.com/docs/guides/function-calling#streaming: an index for each call, the id once.
    name: 'OpenAI, two calls one after the other',
    provider: 'openai-compatible',
    body:
      toolDelta({ index: 0, id: 'call_a', type: 'function', function: { name: 'weather', arguments: '' } }) +
      toolDelta({ index: 0, function: { arguments: '{"city"' } }) +
      toolDelta({ index: 0, function: { arguments: ':"Oslo"}' } }) +
      toolDelta({ index: 1, id: 'call_b', type: 'function', function: { name: 'weather', arguments: '' } }) +
      toolDelta({ index: 1, function: { arguments: '{"city":"Rome"}' } }) +
      finish('tool_calls') +
      chunk(null, usage(1, 2)) +
      done,
    reply: {
      ...nothing,
      calls: [weather('Oslo', 'call_a'), weather('Rome', 'call_b')],
      reason: 'tool_calls',
      usage: { input: 1, output: 2 },
    },
  },
  {
    // https://platform.openai.com/docs/guides/structured-outputs#refusals: a refusal is the text of the model.
    name: 'OpenAI, a refusal',
    provider: 'openai-compatible',
    body:
      delta({ role: 'assistant', content: null, refusal: '' }) +
      delta({ refusal: 'I cannot help.' }) +
      finish('stop') +
      done,
    reply: { ...nothing, text: 'I cannot help.' },
  },
  {
    // https://learn.microsoft.com/azure/ai-services/openai/concepts/content-streaming: results of the prompt's filter first,
    // and annotations of text that has been sent already, without a delta.
    name: 'Azure, filter results',
    provider: 'openai-compatible',
    body:
      data({
        id: '',
        object: '',
        created: 0,
        model: '',
        choices: [],
        prompt_filter_results: [{ prompt_index: 0 }],
      }) +
      delta({ role: 'assistant' }) +
      chunk({ delta: { content: 'Blood' }, content_filter_results: {} }) +
      data({
        id: '',
        choices: [{ index: 0, finish_reason: null, content_filter_offsets: { check_offset: 44 } }],
      }) +
      chunk({ delta: {}, finish_reason: 'content_filter' }) +
      done,
    reply: { ...nothing, text: 'Blood', reason: 'content_filter' },
  },
  {
    // vLLM, examples of `stream_options.continuous_usage_stats`: cumulative usage on each chunk, reasoning first.
    name: 'vLLM, usage on every chunk',
    provider: 'openai-compatible',
    body:
      delta({ role: 'assistant', content: '' }, usage(7, 0)) +
      delta({ reasoning_content: 'Let me see.' }, usage(7, 3)) +
      delta({ content: 'Yes' }, usage(7, 4)) +
      chunk({ delta: { content: '' }, finish_reason: 'length', stop_reason: null }, usage(7, 5)) +
      chunk(null, usage(7, 5)) +
      done,
    reply: {
      ...nothing,
      text: 'Yes',
      reasoning: 'Let me see.',
      reason: 'length',
      usage: { input: 7, output: 5 },
    },
  },
  {
    // https://github.com/vllm-project/vllm/pull/31438: the chunk with the reason has the rest of the arguments, and perhaps the id again.
    name: 'vLLM, the id and name again at the end',
    provider: 'openai-compatible',
    body:
      toolDelta({ index: 0, id: 'chatcmpl-tool-1', type: 'function', function: { name: 'weather' } }) +
      toolDelta({ index: 0, function: { arguments: '{"city":' } }) +
      chunk({
        delta: {
          tool_calls: [
            {
              index: 0,
              id: 'chatcmpl-tool-1',
              type: 'function',
              function: { name: 'weather', arguments: '"Oslo"}' },
            },
          ],
        },
        finish_reason: 'tool_calls',
      }) +
      done,
    reply: { ...nothing, calls: [weather('Oslo', 'chatcmpl-tool-1')], reason: 'tool_calls' },
  },
  {
    // https://github.com/InternLM/lmdeploy/issues/3412, on SGLang: index 0 for every call, the id on every fragment.
    name: 'SGLang, index 0 and the id on every fragment',
    provider: 'openai-compatible',
    body:
      toolDelta({ index: 0, id: '0', type: 'function', function: { name: 'weather', arguments: '' } }) +
      toolDelta({
        index: 0,
        id: '0',
        type: 'function',
        function: { name: null, arguments: '{"city":"Oslo"}' },
      }) +
      toolDelta({ index: 0, id: '1', type: 'function', function: { name: 'weather', arguments: '' } }) +
      toolDelta({
        index: 0,
        id: '1',
        type: 'function',
        function: { name: null, arguments: '{"city":"Rome"}' },
      }) +
      finish('tool_calls') +
      done,
    reply: { ...nothing, calls: [weather('Oslo', '0'), weather('Rome', '1')], reason: 'tool_calls' },
  },
  {
    // https://github.com/ollama/ollama/issues/15457 and 7881: whole calls, all of index 0; the reason was once `stop`.
    name: 'Ollama, whole calls of index 0',
    provider: 'openai-compatible',
    body:
      toolDelta({
        id: 'call_1',
        index: 0,
        type: 'function',
        function: { name: 'weather', arguments: '{"city":"Oslo"}' },
      }) +
      toolDelta({
        id: 'call_2',
        index: 0,
        type: 'function',
        function: { name: 'weather', arguments: '{"city":"Rome"}' },
      }) +
      finish('stop') +
      done,
    reply: {
      ...nothing,
      calls: [weather('Oslo', 'call_1'), weather('Rome', 'call_2')],
      reason: 'tool_calls',
    },
  },
  {
    // https://github.com/open-webui/computer/issues/224: no index, no usage apart, `stop` for calls; usage on each chunk.
    name: 'Gemini, calls without an index',
    provider: 'openai-compatible',
    body:
      toolDelta(
        { id: 'f1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
        { id: 'f2', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
      ) +
      chunk({ delta: { role: 'assistant' }, finish_reason: 'stop' }, usage(5, 6)) +
      done,
    reply: {
      ...nothing,
      calls: [weather('Oslo', 'f1'), weather('Rome', 'f2')],
      reason: 'tool_calls',
      usage: { input: 5, output: 6 },
    },
  },
  {
    // https://github.com/dyedd/lens/issues/49: the second call is only its arguments, at the index of the first.
    name: 'a gateway that begins a call by its arguments alone',
    provider: 'openai-compatible',
    body:
      toolDelta({ index: 0, id: 'toolu_1', type: 'function', function: { name: 'weather', arguments: '' } }) +
      toolDelta({ index: 0, function: { name: '', arguments: '{"city":"Oslo"}' } }) +
      toolDelta({ index: 0, function: { name: '', arguments: '{"city":"Rome"}' } }) +
      finish('tool_calls') +
      done,
    reply: {
      ...nothing,
      calls: [weather('Oslo', 'toolu_1'), weather('Rome', 'made-1')],
      reason: 'tool_calls',
    },
  },
  {
    // llama.cpp, tools/server/README.md: timings beside the usage, and keep-alive comments.
    name: 'llama.cpp, timings',
    provider: 'openai-compatible',
    body:
      ':\n\n' +
      delta({ role: 'assistant', content: null }) +
      delta({ content: 'Hi' }) +
      finish('stop') +
      chunk(null, { ...usage(3, 2), timings: { prompt_n: 3, predicted_n: 2 } }) +
      done,
    reply: { ...nothing, text: 'Hi', usage: { input: 3, output: 2 } },
  },
  {
    // https://openrouter.ai/docs/api-reference/streaming: comments while it waits, `reasoning`, usage with a choice.
    name: 'OpenRouter, comments and reasoning',
    provider: 'openai-compatible',
    body:
      ': OPENROUTER PROCESSING\n\n' +
      delta({ role: 'assistant', content: '', reasoning: 'Hm.', reasoning_details: [{ text: 'Hm.' }] }) +
      ': OPENROUTER PROCESSING\n\n' +
      delta({ role: 'assistant', content: 'Hi' }) +
      chunk({
        delta: { role: 'assistant', content: '' },
        finish_reason: 'stop',
        native_finish_reason: 'STOP',
      }) +
      chunk({ delta: { role: 'assistant', content: '' } }, usage(4, 5)) +
      done,
    reply: { ...nothing, text: 'Hi', reasoning: 'Hm.', usage: { input: 4, output: 5 } },
  },
  {
    // https://docs.mistral.ai/capabilities/reasoning/: reasoning and text as parts of a list.
    name: 'Mistral, parts of content',
    provider: 'openai-compatible',
    body:
      delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] }) +
      delta({ content: [{ type: 'text', text: 'Hi' }] }) +
      chunk({ delta: { content: '' }, finish_reason: 'model_length' }, usage(1, 2)) +
      done,
    reply: { ...nothing, text: 'Hi', reasoning: 'Hm.', reason: 'length', usage: { input: 1, output: 2 } },
  },
  {
    // https://console.groq.com/docs/text-chat#streaming: usage in a field of its own in the last chunk.
    name: 'Groq, usage of its own',
    provider: 'openai-compatible',
    body:
      delta({ role: 'assistant', content: '' }, { x_groq: { id: 'req_1' } }) +
      delta({ content: 'Hi' }) +
      chunk({ delta: {}, finish_reason: 'stop' }, { x_groq: { id: 'req_1', ...usage(8, 9) } }) +
      done,
    reply: { ...nothing, text: 'Hi', usage: { input: 8, output: 9 } },
  },
  {
    // https://platform.moonshot.ai/docs/guide/utilize-the-streaming-output-feature-of-kimi-api: usage in the choice.
    name: 'Moonshot, usage in the choice',
    provider: 'openai-compatible',
    body: delta({ content: 'Hi' }) + chunk({ delta: {}, finish_reason: 'stop', ...usage(8, 9) }) + done,
    reply: { ...nothing, text: 'Hi', usage: { input: 8, output: 9 } },
  },
  {
    // https://platform.openai.com/docs/api-reference/chat: `function_call`, before there were tools.
    name: 'an old server, a function call',
    provider: 'openai-compatible',
    body:
      delta({ role: 'assistant', content: null, function_call: { name: 'weather', arguments: '' } }) +
      delta({ function_call: { arguments: '{"city":' } }) +
      delta({ function_call: { arguments: '"Oslo"}' } }) +
      finish('function_call') +
      done,
    reply: { ...nothing, calls: [weather('Oslo', 'made-1')], reason: 'tool_calls' },
  },
  {
    // https://docs.anthropic.com/en/docs/build-with-claude/streaming: text, with a ping.
    name: 'Anthropic, text',
    provider: 'anthropic',
    body:
      begun({
        input_tokens: 25,
        cache_creation_input_tokens: 3,
        cache_read_input_tokens: 4,
        output_tokens: 1,
      }) +
      block(0, { type: 'text', text: '' }) +
      event('ping') +
      change(0, { type: 'text_delta', text: 'Hello' }) +
      change(0, { type: 'text_delta', text: '!' }) +
      blockEnd(0) +
      ended('end_turn', { output_tokens: 15 }),
    reply: { ...nothing, text: 'Hello!', usage: { input: 32, cachedInput: 4, cacheWrite: 3, output: 15 } },
  },
  {
    // The same page, "Streaming request with tool use".
    name: 'Anthropic, a call after some text',
    provider: 'anthropic',
    body:
      begun({ input_tokens: 472, output_tokens: 2 }) +
      block(0, { type: 'text', text: '' }) +
      change(0, { type: 'text_delta', text: 'Okay' }) +
      blockEnd(0) +
      block(1, { type: 'tool_use', id: 'toolu_1', name: 'weather', input: {} }) +
      change(1, { type: 'input_json_delta', partial_json: '' }) +
      change(1, { type: 'input_json_delta', partial_json: '{"city":' }) +
      change(1, { type: 'input_json_delta', partial_json: '"Oslo"}' }) +
      blockEnd(1) +
      block(2, { type: 'tool_use', id: 'toolu_2', name: 'time', input: {} }) +
      blockEnd(2) +
      ended('tool_use', { output_tokens: 89 }),
    reply: {
      ...nothing,
      text: 'Okay',
      calls: [weather('Oslo', 'toolu_1'), { id: 'toolu_2', name: 'time', arguments: '{}' }],
      reason: 'tool_calls',
      usage: { input: 472, output: 89 },
    },
  },
  {
    // The same page, "Streaming request with extended thinking" and "web search"; the last usage has all classes.
    name: 'Anthropic, thoughts and blocks of tools of its own',
    provider: 'anthropic',
    body:
      begun({
        input_tokens: 2679,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: 3,
      }) +
      block(0, { type: 'thinking', thinking: '', signature: '' }) +
      change(0, { type: 'thinking_delta', thinking: 'Hm.' }) +
      change(0, { type: 'signature_delta', signature: 'EqQB' }) +
      blockEnd(0) +
      block(1, { type: 'redacted_thinking', data: 'EmwK' }) +
      blockEnd(1) +
      block(2, { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} }) +
      change(2, { type: 'input_json_delta', partial_json: '{"query":' }) +
      change(2, { type: 'input_json_delta', partial_json: '"weather"}' }) +
      blockEnd(2) +
      block(3, { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] }) +
      blockEnd(3) +
      block(4, { type: 'text', text: '' }) +
      change(4, { type: 'citations_delta', citation: {} }) +
      change(4, { type: 'text_delta', text: 'Rain.' }) +
      blockEnd(4) +
      event('an_event_of_tomorrow', { value: 1 }) +
      ended('end_turn', { input_tokens: 10_682, cache_read_input_tokens: 7, output_tokens: 510 }),
    reply: {
      ...nothing,
      text: 'Rain.',
      reasoning: 'Hm.',
      usage: { input: 10_689, cachedInput: 7, cacheWrite: 0, output: 510 },
    },
  },
  {
    // https://platform.claude.com/docs/en/build-with-claude/extended-thinking: reasoning between calls, one without a text.
    name: 'Anthropic, thoughts between calls',
    provider: 'anthropic',
    body:
      begun({ input_tokens: 40, output_tokens: 1 }) +
      block(0, { type: 'thinking', thinking: '', signature: '' }) +
      change(0, { type: 'thinking_delta', thinking: 'First Oslo.' }) +
      change(0, { type: 'signature_delta', signature: 'EqQB' }) +
      change(0, { type: 'signature_delta', signature: 'Cg==' }) +
      blockEnd(0) +
      block(1, { type: 'tool_use', id: 'toolu_1', name: 'weather', input: {} }) +
      change(1, { type: 'input_json_delta', partial_json: '{"city":"Oslo"}' }) +
      blockEnd(1) +
      block(2, { type: 'thinking', thinking: '', signature: '' }) +
      change(2, { type: 'signature_delta', signature: 'EtMD' }) +
      blockEnd(2) +
      block(3, { type: 'tool_use', id: 'toolu_2', name: 'time', input: {} }) +
      blockEnd(3) +
      ended('tool_use', { output_tokens: 60, output_tokens_details: { thinking_tokens: 30 } }),
    reply: {
      ...nothing,
      reasoning: 'First Oslo.',
      calls: [weather('Oslo', 'toolu_1'), { id: 'toolu_2', name: 'time', arguments: '{}' }],
      reason: 'tool_calls',
      usage: { input: 40, output: 60, reasoning: 30 },
    },
  },
  {
    name: 'a gateway for Anthropic that reports zeros at the end',
    provider: 'anthropic',
    body:
      begun({ input_tokens: 3, cache_read_input_tokens: 100, output_tokens: 0 }) +
      block(0, { type: 'text', text: 'Hi' }) +
      blockEnd(0) +
      ended('end_turn', { input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 9 }),
    reply: { ...nothing, text: 'Hi', usage: { input: 103, cachedInput: 100, output: 9 } },
  },
  {
    // https://docs.anthropic.com/en/docs/test-and-evaluate/strengthen-guardrails/handle-streaming-refusals
    name: 'Anthropic, a refusal',
    provider: 'anthropic',
    body: begun({ input_tokens: 5, output_tokens: 1 }) + ended('refusal', { output_tokens: 1 }),
    reply: { ...nothing, reason: 'content_filter', usage: { input: 5, output: 1 } },
  },
];
