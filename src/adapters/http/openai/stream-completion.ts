import type { Context } from 'hono';
import type { MessageChunk, SendMessageInput } from '../../../domain/chat/sent-message.js';
import type { CompletionRequest } from './completion-request.js';
import type { HttpEnvironment, HttpDeps } from '../kit/context.js';
import type { ServerSentEvent } from '../kit/event-stream.js';
import { openAiError } from './openai-error.js';
import { presentToolCall } from '../chat/present-chat.js';
import { completionFacts, completionUsage, finishReasonOf } from './present-completion.js';
import { streamReply, type StreamedReply } from '../chat/send-chat.js';

/** Sends a message and answers with OpenAI's chunks, then `[DONE]`; or with an error, which is then the end. */
export function streamCompletion(
  c: Context<HttpEnvironment>,
  deps: HttpDeps,
  input: SendMessageInput,
  asked: CompletionRequest,
): Promise<Response> {
  return streamReply(c, deps, input, {
    events: (reply) => completionEvents(reply, asked),
    errorEvent: (problem) => eventOf(openAiError(problem)),
  });
}

async function* completionEvents(
  { begun, chunks }: StreamedReply,
  asked: CompletionRequest,
): AsyncGenerator<ServerSentEvent, void> {
  // Which of the chain's models answers is known only at the end.
  const chunk = (delta: object, finishReason: string | null = null, model = asked.model) =>
    eventOf({
      ...completionFacts(begun, model, 'chat.completion.chunk'),
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(asked.tellsUsage ? { usage: null } : {}),
    });
  let next = await chunks.next();
  yield chunk({ role: 'assistant', content: '', refusal: null });
  for (let calls = 0; next.done !== true; next = await chunks.next()) {
    const delta = deltaOf(next.value, calls);
    if (next.value.type === 'tool_call') calls += 1;
    if (delta !== null) yield chunk(delta);
  }
  const sent = next.value;
  yield chunk({}, finishReasonOf(sent), sent.model);
  if (asked.tellsUsage) {
    const facts = completionFacts(begun, sent.model, 'chat.completion.chunk');
    yield eventOf({ ...facts, choices: [], usage: completionUsage(sent, asked.completionOptions) });
  }
  yield { event: null, data: '[DONE]' };
}

function deltaOf(piece: MessageChunk, index: number): object | null {
  if (piece.type === 'text') return { content: piece.text };
  if (piece.type === 'tool_call') return { tool_calls: [{ index, ...presentToolCall(piece.call) }] };
  if (piece.type === 'tool_arguments') {
    return { tool_calls: [{ index: piece.index, function: { arguments: piece.text } }] };
  }
  return null;
}

function eventOf(data: object): ServerSentEvent {
  return { event: null, data: JSON.stringify(data) };
}
