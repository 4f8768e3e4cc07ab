import type { Context } from 'hono';
import type { MessageChunk, SendMessageInput } from '../../../domain/chat/message.js';
import type { CompletionRequest } from './completion-request.js';
import type { HttpEnvironment, HttpDeps } from '../kit/context.js';
import type { ServerSentEvent } from '../kit/event-stream.js';
import { openAiError } from './openai-error.js';
import { streamReply, type StreamedReply } from '../chat/reply.js';
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
    events: (reply) => completionEvents(reply, request),
    errorEvent: (problem) => eventOf(openAiError(problem)),
  });
}

async function* completionEvents(
  { start, chunks }: StreamedReply,
  { model: requestedModel, includeUsage, completionOptions }: CompletionRequest,
): AsyncGenerator<ServerSentEvent, void> {
  const chunkEvent = (delta: object, finishReason: string | null, model: string) =>
    eventOf({
      ...presentCommonFields(start, model, 'chat.completion.chunk'),
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(includeUsage ? { usage: null } : {}),
    });
  let next = await chunks.next();
  // Which model of a fallback chain replies is known only at the end.
  yield chunkEvent({ role: 'assistant', content: '', refusal: null }, null, requestedModel);
  for (let callCount = 0; next.done !== true; next = await chunks.next()) {
    const delta = deltaOf(next.value, callCount);
    if (next.value.type === 'tool_call') callCount += 1;
    if (delta !== null) yield chunkEvent(delta, null, requestedModel);
  }
  const sent = next.value;
  yield chunkEvent({}, presentFinishReason(sent), sent.model);
  if (includeUsage) {
    yield eventOf({
      ...presentCommonFields(start, sent.model, 'chat.completion.chunk'),
      choices: [],
      usage: presentUsage(sent, completionOptions),
    });
  }
  yield { event: null, data: '[DONE]' };
}

/** Returns the delta of a chunk, or null if it has none. `callIndex` is the index of a tool call that starts here. */
function deltaOf(chunk: MessageChunk, callIndex: number): object | null {
  if (chunk.type === 'text') return { content: chunk.text };
  if (chunk.type === 'tool_call') {
    return { tool_calls: [{ index: callIndex, ...presentToolCall(chunk.call) }] };
  }
  if (chunk.type === 'tool_arguments') {
    return { tool_calls: [{ index: chunk.index, function: { arguments: chunk.text } }] };
  }
  return null;
}

function eventOf(data: object): ServerSentEvent {
  return { event: null, data: JSON.stringify(data) };
}
