import { DomainError } from '../../domain/errors.js';
import type { AiModel, FinishReason, ModelFeature, ReplyChunk, ReplyRequest } from '../../ports/ai-model.js';
import { recordOf, textOf } from './lenient-json.js';
import { connectionError } from './provider-error.js';
import { rejection, reportedError, responseError } from './rejection.js';
import { sdkCall, unsupportedBySdk, type SdkLanguageModel } from './sdk-call.js';

type StreamPart =
  Awaited<ReturnType<SdkLanguageModel['doStream']>>['stream'] extends ReadableStream<infer Part>
    ? Part
    : never;

const finishReasons: Partial<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
  'tool-calls': 'tool_calls',
};

/**
 * Returns an `AiModel` for any language model of the AI SDK. Each request is sent once, by the model's own streaming call;
 * retries and deadlines belong to the core.
 *
 * The AI SDK's interface loses some things that `connectModel` keeps:
 * - arguments of tool calls in the history are parsed and serialized again: numbers beyond 2^53 and forms such as `1.0`
 *   change;
 * - the reply ends when the provider closes its response, not at its finish reason;
 * - usage is known only at the end, so that a caller who disconnects is charged by an estimate;
 * - names of messages are rejected, and so are reasoning, verbosity and parallel calls by models of other providers
 *   than the SDK's OpenAI and Anthropic; whether a format is strict is sent to OpenAI only;
 * - signatures of reasoning are kept for Anthropic's models only;
 * - an unknown part of a response fails the reply; `connectModel` skips it.
 *
 * @param languageModel A model of specification version 3, as the AI SDK's providers make them.
 * @param options The features that the model does not support; a request that uses one is rejected before it is sent.
 * @returns The model, for `createCore`.
 *
 * @example
 * ```ts
 * import { createAnthropic } from '@ai-sdk/anthropic';
 * import { aiSdkModel } from 'metered-chat/ai';
 *
 * const model = aiSdkModel(createAnthropic({ apiKey }).chat('claude-sonnet-4-5'), { unsupported: ['strictTools'] });
 * ```
 */
export function aiSdkModel(
  languageModel: SdkLanguageModel,
  { unsupported = [] }: { unsupported?: readonly ModelFeature[] } = {},
): AiModel {
  return {
    unsupported: [...unsupported, ...unsupportedBySdk(languageModel)],
    async *reply(request) {
      try {
        yield* repliesOf(languageModel, request);
      } catch (cause) {
        throw sdkError(cause);
      }
    },
  };
}

async function* repliesOf(model: SdkLanguageModel, request: ReplyRequest): AsyncGenerator<ReplyChunk> {
  const { stream } = await model.doStream(sdkCall(model, request));
  const reader = stream.getReader();
  const calls = sdkToolCalls();
  let finish: ReplyChunk | null = null;
  try {
    // The finish is yielded only after the stream has ended, so that the connection can be used again.
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const chunk = calls.take(next.value) ?? chunkOf(next.value);
      if (chunk?.type === 'finish') finish = chunk;
      else if (chunk !== null) yield chunk;
    }
  } finally {
    // Not awaited: a stream that was cut off may never end.
    reader.cancel().catch(() => undefined);
  }
  if (finish !== null) yield finish;
}

/** Yields the arguments of tool calls as they come. */
function sdkToolCalls(): { take(part: StreamPart): ReplyChunk | null } {
  const sent = new Map<string, { index: number; text: string }>();
  const begin = (id: string, name: string, text: string): ReplyChunk => {
    sent.set(id, { index: sent.size, text });
    return { type: 'tool_call', call: { id, name, arguments: text } };
  };
  return {
    take(part) {
      if (part.type === 'tool-input-start') return begin(part.id, part.toolName, '');
      const known = sent.get(part.type === 'tool-call' ? part.toolCallId : 'id' in part ? part.id : '');
      if (part.type === 'tool-input-delta' && known !== undefined) {
        known.text += part.delta;
        return part.delta === '' ? null : { type: 'tool_arguments', index: known.index, text: part.delta };
      }
      if (part.type !== 'tool-call') return null;
      const whole = part.input.trim() === '' ? '{}' : part.input;
      if (known === undefined) return begin(part.toolCallId, part.toolName, whole);
      const rest = whole.startsWith(known.text) ? whole.slice(known.text.length) : '';
      return rest === '' ? null : { type: 'tool_arguments', index: known.index, text: rest };
    },
  };
}

function chunkOf(part: StreamPart): ReplyChunk | null {
  switch (part.type) {
    case 'stream-start':
      throwIfDropped(part.warnings);
      return null;
    case 'text-delta':
      return { type: 'text', text: part.delta };
    case 'reasoning-start':
    case 'reasoning-delta':
    case 'reasoning-end':
      return reasoningOf(part);
    case 'error':
      throw part.error;
    case 'finish':
      return finishOf(part);
    default:
      return { type: 'alive' };
  }
}

/** Anthropic's models give the signature in a delta without text, and redacted reasoning at its start. */
function reasoningOf(
  part: Extract<StreamPart, { type: 'reasoning-start' | 'reasoning-delta' | 'reasoning-end' }>,
): ReplyChunk {
  const given = part.providerMetadata?.['anthropic'];
  const [signature, data] = [textOf(given?.['signature']), textOf(given?.['redactedData'])];
  if (data !== '') return { type: 'reasoning_end', signature: data, isRedacted: true };
  if (signature !== '') return { type: 'reasoning_end', signature, isRedacted: false };
  if (part.type !== 'reasoning-delta' || part.delta === '') return { type: 'alive' };
  return { type: 'reasoning', text: part.delta };
}

/** A finish that is an error, or that has no reason, is a connection that was cut. */
function finishOf({
  finishReason,
  usage,
  providerMetadata,
}: Extract<StreamPart, { type: 'finish' }>): ReplyChunk | null {
  const { unified, raw } = finishReason;
  if (unified === 'error' || (unified === 'other' && raw === undefined)) return null;
  return {
    type: 'finish',
    reason: finishReasons[unified] ?? 'other',
    usage: {
      input: usage.inputTokens.total ?? null,
      cachedInput: usage.inputTokens.cacheRead ?? null,
      cacheWrite: usage.inputTokens.cacheWrite ?? null,
      output: usage.outputTokens.total ?? null,
      reasoning: usage.outputTokens.reasoning ?? null,
    },
    // Only Anthropic's models say it.
    stopSequence: textOf(providerMetadata?.['anthropic']?.['stopSequence']) || null,
  };
}

/** Throws if the model left out a parameter: nothing is dropped in silence. */
function throwIfDropped(warnings: Extract<StreamPart, { type: 'stream-start' }>['warnings']): void {
  const dropped = warnings.find((warning) => warning.type === 'unsupported');
  if (dropped === undefined || dropped.feature === 'maxOutputTokens') return;
  const message = `The model does not support this ${dropped.feature}.`;
  const field = dropped.feature === 'responseFormat' ? 'json' : dropped.feature;
  throw new DomainError('unsupported_parameter', message, { fieldErrors: { [field]: [message] } });
}

/**
 * Returns what the AI SDK threw, or reported in the stream, as a DomainError. The SDK's errors contain the request, its
 * address and the response; only what `rejection` allows is kept.
 */
function sdkError(thrown: unknown): DomainError {
  const context = { now: () => new Date(), secrets: [] };
  const record = recordOf(thrown);
  const { statusCode: status, responseBody, responseHeaders } = record ?? {};
  if (typeof status === 'number' && status >= 300) {
    const headers = (recordOf(responseHeaders) ?? {}) as Record<string, string>;
    return rejection(responseError(status, textOf(responseBody)), { ...context, headers });
  }
  const reported = thrown instanceof Error ? null : reportedError({ error: thrown }, null);
  if (reported !== null) return rejection(reported, { ...context, headers: {} });
  const error = connectionError(thrown);
  const isUnsupported = thrown instanceof Error && thrown.name === 'AI_UnsupportedFunctionalityError';
  return isUnsupported ? error.with({ retryable: false }) : error;
}
