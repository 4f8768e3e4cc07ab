import type { Context } from 'hono';
import type { MessageChunk, SendMessageInput, SentMessage } from '../../../domain/chat/message.js';
import type { CompletionRequest } from './completion-request.js';
import type { HttpEnvironment, HttpDeps } from '../kit/context.js';
import type { ServerSentEvent } from '../kit/event-stream.js';
import { openAiError } from './openai-error.js';
import { streamReply } from '../chat/reply.js';
import { presentToolCall } from '../chat/tool-call.js';
import { presentCommonFields, presentFinishReason, presentUsage } from './completion-response.js';

/** Sends a message and responds with OpenAI's chunks: then `[DONE]`, or an error as the last event. */
export function streamCompletion(
  c: Context<HttpEnvironment>,
  deps: HttpDeps,
  input: SendMessageInput,
  request: CompletionRequest,
): Promise<Response> {
  return streamReply(c, deps, input, {
    events: (chunks) => completionEvents(chunks, request),
    errorEvent: (problem) => eventOf(openAiError(problem)),
  });
}

async function* completionEvents(
  chunks: AsyncIterable<MessageChunk>,
  { model: requestedModel, includeUsage, completionOptions }: CompletionRequest,
): AsyncGenerator<ServerSentEvent, void> {
  let started: StartedChunk | null = null;
  let hasRole = false;
  let callCount = 0;
  // Which model of a fallback chain replies is known only at the end.
  const chunkEvent = (
    of: StartedChunk | SentMessage,
    delta: object,
    finishReason: string | null,
    model = requestedModel,
  ) =>
    eventOf({
      ...presentCommonFields(of, model, 'chat.completion.chunk'),
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(includeUsage ? { usage: null } : {}),
    });
  for await (const chunk of chunks) {
    if (chunk.type === 'started') {
      started = chunk;
      continue;
    }
    if (started === null) throw new TypeError('A message must start with its `started` chunk.');
    // Not before the first chunk of the reply: an error until then gets its plain status.
    if (!hasRole) yield chunkEvent(started, { role: 'assistant', content: '', refusal: null }, null);
    hasRole = true;
    if (chunk.type === 'done') {
      yield chunkEvent(chunk, {}, presentFinishReason(chunk), chunk.model);
      if (includeUsage) {
        yield eventOf({
          ...presentCommonFields(chunk, chunk.model, 'chat.completion.chunk'),
          choices: [],
          usage: presentUsage(chunk, completionOptions),
        });
      }
      yield { event: null, data: '[DONE]' };
    } else {
      yield chunkEvent(started, deltaOf(chunk, callCount), null);
      if (chunk.type === 'tool_call') callCount += 1;
    }
  }
}

type StartedChunk = Extract<MessageChunk, { type: 'started' }>;

/** Returns the delta of a chunk. `callIndex` is the index of a tool call that starts here. */
function deltaOf(chunk: Exclude<MessageChunk, { type: 'started' | 'done' }>, callIndex: number): object {
  switch (chunk.type) {
    case 'text':
      return { content: chunk.text };
    case 'tool_call':
      return { tool_calls: [{ index: callIndex, ...presentToolCall(chunk.call) }] };
    case 'tool_arguments':
      return { tool_calls: [{ index: chunk.index, function: { arguments: chunk.text } }] };
  }
}

function eventOf(data: object): ServerSentEvent {
  return { event: null, data: JSON.stringify(data) };
}
