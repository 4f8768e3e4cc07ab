import * as v from 'valibot';
import type { MessageChunk, SentMessage } from '../../../domain/chat/message.js';
import type { FinishReason } from '../../../ports/ai-model.js';
import { presentUsage, usageResponse } from '../chat/send.js';
import type { ReplyFormat } from '../chat/reply.js';
import type { ServerSentEvent } from '../kit/event-stream.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { problemDocument } from '../kit/problem.js';
import { count, id, time } from '../kit/response-fields.js';

const finishReasons = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content-filter',
  tool_calls: 'tool-calls',
  other: 'other',
} as const satisfies Record<FinishReason, string>;

const metadataResponse = namedSchema(
  'UiMessageMetadata',
  v.object({
    model: v.string(),
    tokens_charged: count,
    remaining_tokens: count,
    usage: usageResponse,
    created_at: time,
  }),
);

const partId = v.object({
  type: v.picklist(['text-start', 'text-end', 'reasoning-start', 'reasoning-end']),
  id: v.string(),
});

/** The data of an event: a chunk of the AI SDK's UI message stream, or `[DONE]`. */
export const uiChunkResponse = namedSchema(
  'UiMessageChunk',
  v.union([
    v.object({ type: v.literal('start'), messageId: id }),
    v.object({ type: v.picklist(['start-step', 'finish-step']) }),
    partId,
    v.object({ type: v.picklist(['text-delta', 'reasoning-delta']), id: v.string(), delta: v.string() }),
    v.object({
      type: v.literal('finish'),
      finishReason: v.picklist(Object.values(finishReasons)),
      messageMetadata: metadataResponse,
    }),
    v.object({ type: v.literal('error'), errorText: v.string() }),
  ]),
);

type UiChunk = v.InferInput<typeof uiChunkResponse>;
type PartKind = 'text' | 'reasoning';

/** The format of the AI SDK's UI message stream. The text of an error is its problem document, as the body of a refusal is. */
export function uiFormat(): ReplyFormat {
  let messageId: string | null = null;
  let open: { kind: PartKind; id: string } | null = null;
  let partCount = 0;

  function* begin(): Generator<UiChunk> {
    // Not before the first chunk of the reply: until then an error gets its plain status.
    if (messageId === null) return;
    yield { type: 'start', messageId };
    yield { type: 'start-step' };
    messageId = null;
  }
  function* close(): Generator<UiChunk> {
    if (open !== null) yield { type: `${open.kind}-end`, id: open.id };
    open = null;
  }
  function* delta(kind: PartKind, text: string): Generator<UiChunk> {
    if (open?.kind !== kind) {
      yield* close();
      open = { kind, id: String(partCount) };
      partCount += 1;
      yield { type: `${kind}-start`, id: open.id };
    }
    yield { type: `${kind}-delta`, id: open.id, delta: text };
  }
  function* chunksOf(chunk: MessageChunk): Generator<UiChunk> {
    if (chunk.type === 'started') messageId = chunk.exchangeId;
    if (chunk.type === 'text' || chunk.type === 'reasoning') {
      yield* begin();
      yield* delta(chunk.type, chunk.text);
    }
    if (chunk.type === 'done') {
      yield* begin();
      yield* close();
      yield { type: 'finish-step' };
      yield finishOf(chunk);
    }
  }

  return {
    *events(chunk) {
      for (const each of chunksOf(chunk)) yield eventOf(each);
      if (chunk.type === 'done') yield lastEvent;
    },
    errorEvents: (problem) => [
      ...Array.from(close(), eventOf),
      eventOf({ type: 'error', errorText: JSON.stringify(problemDocument(problem)) }),
      lastEvent,
    ],
  };
}

function finishOf(sent: SentMessage): UiChunk {
  return {
    type: 'finish',
    finishReason: finishReasons[sent.finishReason ?? 'other'],
    messageMetadata: {
      model: sent.model,
      tokens_charged: sent.charged,
      remaining_tokens: sent.balance,
      usage: presentUsage(sent.usage),
      created_at: sent.createdAt.toISOString(),
    },
  };
}

const lastEvent: ServerSentEvent = { event: null, data: '[DONE]' };

function eventOf(chunk: UiChunk): ServerSentEvent {
  return { event: null, data: JSON.stringify(chunk) };
}
