import type { CompletionOptions, MessageChunk } from '../../../domain/chat/message.js';
import type { ReplyFormat } from '../chat/reply.js';
import type { ServerSentEvent } from '../kit/event-stream.js';
import type { Problem } from '../kit/problem.js';
import { openAiError, parameterNames } from '../openai/openai-error.js';
import { itemEvents } from './item-events.js';
import {
  incompleteReason,
  presentEnded,
  presentFailed,
  presentStarted,
  type PresentedResponse,
} from './response-object.js';
import type { ResponseRequest } from './response-request.js';

/**
 * The format of a streamed reply in OpenAI's Responses API: numbered events, of which the last is `response.completed` or
 * `response.incomplete`; or `error`, then `response.failed`.
 */
export function responseFormat(request: ResponseRequest, completionOptions: CompletionOptions): ReplyFormat {
  let sequenceNumber = 0;
  let started: PresentedResponse | null = null;
  let items: ReturnType<typeof itemEvents> | null = null;
  let hasBegun = false;

  const eventOf = (type: string, fields: object): ServerSentEvent => ({
    event: type,
    data: JSON.stringify({ type, sequence_number: sequenceNumber++, ...fields }),
  });

  function* events(chunk: MessageChunk): Generator<ServerSentEvent, void> {
    if (chunk.type === 'started') {
      started = presentStarted(chunk, request, request.body.model);
      items = itemEvents(chunk.exchangeId, request);
      return;
    }
    if (started === null || items === null) return;
    // Not before the first chunk of the reply: until then an error gets its plain status.
    if (!hasBegun) {
      hasBegun = true;
      yield eventOf('response.created', { response: started });
      yield eventOf('response.in_progress', { response: started });
    }
    if (chunk.type !== 'done') {
      for (const { type, ...fields } of items.take(chunk)) yield eventOf(type, fields);
      return;
    }
    const status = incompleteReason(chunk) === null ? 'completed' : 'incomplete';
    for (const { type, ...fields } of items.finish(status)) yield eventOf(type, fields);
    const response = presentEnded(chunk, request, completionOptions, [...items.items]);
    yield eventOf(`response.${response.status}`, { response });
  }

  return {
    events,
    errorEvents: (problem: Problem) => {
      const { error } = openAiError(problem, parameterNames('/v1/responses'));
      const { message, code, param } = error;
      // Documented with its fields beside the type, but sent and read by many within `error`.
      const events = [eventOf('error', { code, message, param, error })];
      if (started === null || items === null || !hasBegun) return events;
      const response = presentFailed(started, [...items.items], { code, detail: message });
      return [...events, eventOf('response.failed', { response })];
    },
  };
}
