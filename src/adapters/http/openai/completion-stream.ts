import type { MessageChunk } from '../../../domain/chat/message.js';
import type { ReplyFormat } from '../chat/reply.js';
import { presentToolCall } from '../chat/tool-call.js';
import type { ServerSentEvent } from '../kit/event-stream.js';
import type { CompletionRequest } from './completion-request.js';
import { presentCommonFields, presentFinishReason, presentCompletionUsage } from './completion-response.js';
import { openAiError } from './openai-error.js';

/** The format of a streamed reply in OpenAI's API: chunks, then `[DONE]`, or an error as the last event. */
export function completionFormat(request: CompletionRequest): ReplyFormat {
  return {
    events: completionEvents(request),
    errorEvents: (problem) => [eventOf(openAiError(problem))],
  };
}

function completionEvents({ model, includeUsage, completionOptions }: CompletionRequest) {
  let commonFields = {};
  let hasRole = false;
  let callCount = 0;

  const chunkEvent = (delta: object, finishReason: string | null = null) =>
    eventOf({
      ...commonFields,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(includeUsage ? { usage: null } : {}),
    });

  return function* (chunk: MessageChunk): Generator<ServerSentEvent, void> {
    if (chunk.type === 'started') {
      commonFields = presentCommonFields(chunk, model, 'chat.completion.chunk');
      return;
    }
    // A signature has no place in this format.
    if (chunk.type === 'reasoning_end') return;
    // Not before the first chunk of the reply: until then an error gets its plain status.
    if (!hasRole) yield chunkEvent({ role: 'assistant', content: '', refusal: null });
    hasRole = true;
    if (chunk.type !== 'done') {
      yield chunkEvent(deltaOf(chunk, callCount));
      if (chunk.type === 'tool_call') callCount += 1;
      return;
    }
    // Which model of a fallback chain replied is known only now.
    commonFields = presentCommonFields(chunk, chunk.model, 'chat.completion.chunk');
    yield chunkEvent({}, presentFinishReason(chunk));
    if (includeUsage) {
      yield eventOf({
        ...commonFields,
        choices: [],
        usage: presentCompletionUsage(chunk, completionOptions),
      });
    }
    yield { event: null, data: '[DONE]' };
  };
}

/** Returns the delta of a chunk. `callIndex` is the index of a tool call that starts here. */
function deltaOf(
  chunk: Extract<MessageChunk, { type: 'text' | 'reasoning' | 'tool_call' | 'tool_arguments' }>,
  callIndex: number,
): object {
  switch (chunk.type) {
    case 'text':
      return { content: chunk.text };
    case 'reasoning':
      return { reasoning_content: chunk.text };
    case 'tool_call':
      return { tool_calls: [{ index: callIndex, ...presentToolCall(chunk.call) }] };
    case 'tool_arguments':
      return { tool_calls: [{ index: chunk.index, function: { arguments: chunk.text } }] };
  }
}

function eventOf(data: object): ServerSentEvent {
  return { event: null, data: JSON.stringify(data) };
}
