import type { Context } from 'hono';
import type { MessagePiece, SendMessageInput } from '../../domain/chat/sent-message.js';
import type { CompletionRequest } from './completion-request.js';
import type { HttpEnvironment, HttpNeeds } from './context.js';
import { answerEvents, type ServerSentEvent } from './event-stream.js';
import { openAiError } from './openai-error.js';
import { presentToolCall } from './present-chat.js';
import { completionFacts, completionUsage, finishReasonOf } from './present-completion.js';
import { remainingHeader } from './remaining-header.js';
import { reportProblem } from './report-problem.js';
import { beginChat, type BegunReply } from './send-chat.js';

/** Sends a message and answers with OpenAI's chunks, then `[DONE]`; or with an error, which is then the end. */
export async function streamCompletion(
  c: Context<HttpEnvironment>,
  { core, log }: Pick<HttpNeeds, 'core' | 'log'>,
  input: SendMessageInput,
  asked: CompletionRequest,
): Promise<Response> {
  const reply = await beginChat(c, core, input);
  if (reply.begun.balance !== null) remainingHeader(c, reply.begun.balance);
  const report = (error: unknown) => reportProblem(log, error, c.get('requestId'));
  return answerEvents(c, completionEvents(reply, asked, report), reply.client);
}

async function* completionEvents(
  { begun, first, pieces }: BegunReply,
  asked: CompletionRequest,
  report: (error: unknown) => ReturnType<typeof reportProblem>,
): AsyncGenerator<ServerSentEvent, void> {
  // Which of the chain's models answers is known only at the end.
  const chunk = (delta: object, finishReason: string | null = null, model = asked.model) =>
    eventOf({
      ...completionFacts(begun, model, 'chat.completion.chunk'),
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(asked.tellsUsage ? { usage: null } : {}),
    });
  try {
    yield chunk({ role: 'assistant', content: '', refusal: null });
    let next = first;
    for (let calls = 0; next.done !== true; next = await pieces.next()) {
      const delta = deltaOf(next.value, calls);
      if (next.value.type === 'tool_call') calls += 1;
      if (delta !== null) yield chunk(delta);
    }
    const sent = next.value;
    yield chunk({}, finishReasonOf(sent), sent.model);
    if (asked.tellsUsage) {
      const facts = completionFacts(begun, sent.model, 'chat.completion.chunk');
      yield eventOf({ ...facts, choices: [], usage: completionUsage(sent, asked.wishes) });
    }
    yield { event: null, data: '[DONE]' };
  } catch (error) {
    const problem = report(error);
    if (problem !== null) yield eventOf(openAiError(problem));
  }
}

function deltaOf(piece: MessagePiece, index: number): object | null {
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
