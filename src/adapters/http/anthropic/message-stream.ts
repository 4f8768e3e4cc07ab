import * as v from 'valibot';
import type { ReplyFormat } from '../chat/reply.js';
import type { ServerSentEvent } from '../kit/event-stream.js';
import { count } from '../kit/response-fields.js';
import { anthropicError, anthropicErrorResponse } from './anthropic-error.js';
import { contentBlocks } from './content-blocks.js';
import type { MessageRequest } from './message-request.js';
import {
  contentResponse,
  messageEndResponse,
  presentEnd,
  presentStart,
  presentUsage,
  startedMessageResponse,
  usageResponse,
} from './message-response.js';

/** The schemas of the events of a streamed reply. */
export const messageEvents = {
  message_start: v.object({ type: v.literal('message_start'), message: startedMessageResponse }),
  content_block_start: v.object({
    type: v.literal('content_block_start'),
    index: count,
    content_block: contentResponse,
  }),
  content_block_delta: v.object({
    type: v.literal('content_block_delta'),
    index: count,
    delta: v.variant('type', [
      v.object({ type: v.literal('text_delta'), text: v.string() }),
      v.object({ type: v.literal('thinking_delta'), thinking: v.string() }),
      v.object({ type: v.literal('signature_delta'), signature: v.string() }),
      v.object({ type: v.literal('input_json_delta'), partial_json: v.string() }),
    ]),
  }),
  content_block_stop: v.object({ type: v.literal('content_block_stop'), index: count }),
  message_delta: v.object({
    type: v.literal('message_delta'),
    delta: messageEndResponse,
    usage: usageResponse,
  }),
  message_stop: v.object({ type: v.literal('message_stop') }),
  ping: v.object({ type: v.literal('ping') }),
  error: anthropicErrorResponse,
};

/**
 * Returns the format of a streamed reply in Anthropic's API. Its start has the estimate of the input, its end the usage
 * that the model reported.
 *
 * @param requestId The id of the request, which an error contains.
 */
export function messageFormat({ model, completionOptions }: MessageRequest, requestId: string): ReplyFormat {
  const blocks = contentBlocks();
  let exchangeId: string | null = null;
  let isStarted = false;

  function* start(): Generator<ServerSentEvent, void> {
    if (isStarted || exchangeId === null) return;
    isStarted = true;
    const usage = presentUsage({ usage: null, reply: '', toolCalls: null }, completionOptions);
    const message = { ...presentStart({ exchangeId }, model), content: [], stop_reason: null, usage };
    yield eventOf({ type: 'message_start', message });
  }

  return {
    *events(chunk) {
      if (chunk.type === 'started') {
        ({ exchangeId } = chunk);
        return;
      }
      // Not before the first chunk of the reply: until then an error gets its plain status.
      yield* start();
      if (chunk.type !== 'done') {
        for (const event of blocks.add(chunk)) yield eventOf({ ...event });
        return;
      }
      for (const event of blocks.end()) yield eventOf({ ...event });
      yield eventOf({
        type: 'message_delta',
        delta: presentEnd(chunk),
        usage: presentUsage(chunk, completionOptions),
      });
      yield eventOf({ type: 'message_stop' });
    },
    *keepAlive() {
      yield* start();
      yield eventOf({ type: 'ping' });
    },
    errorEvents: (problem) => [eventOf(anthropicError(problem, requestId))],
  };
}

/** The data of an event. */
interface MessageEvent {
  type: string;
  [member: string]: unknown;
}

function eventOf(data: MessageEvent): ServerSentEvent {
  return { event: data.type, data: JSON.stringify(data) };
}
