import { DomainError } from '../../domain/errors.js';
import type { AiModel, FinishReason, Refusable, ReplyPiece, ReplyRequest } from '../../ports/ai-model.js';
import { providerError } from './provider-error.js';
import { sdkCall, type SdkLanguageModel } from './sdk-call.js';
import { reportedWrongly } from './sound-usage.js';

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
 * Any language model of the AI SDK as one of ours. It is asked once, by its own streaming call: trying again,
 * deadlines and tools are the caller's. What it thinks is not passed on, but shows that it lives.
 */
export function aiSdkModel(
  languageModel: SdkLanguageModel,
  { refuses = [] }: { refuses?: readonly Refusable[] } = {},
): AiModel {
  return {
    refuses,
    async *reply(request) {
      try {
        yield* repliesOf(languageModel, request);
      } catch (cause) {
        throw providerError(cause);
      }
    },
  };
}

async function* repliesOf(model: SdkLanguageModel, request: ReplyRequest): AsyncGenerator<ReplyPiece> {
  const { stream } = await model.doStream(sdkCall(request));
  const reader = stream.getReader();
  let finish: ReplyPiece | null = null;
  try {
    // The end is said only once the stream has ended, so that the connection can be used again.
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const piece = pieceOf(next.value);
      if (piece?.type === 'finish') finish = piece;
      else if (piece !== null) yield piece;
    }
  } finally {
    // Not waited for: what has been cut off may never come to an end.
    reader.cancel().catch(() => undefined);
  }
  if (finish !== null) yield finish;
}

function pieceOf(part: StreamPart): ReplyPiece | null {
  switch (part.type) {
    case 'stream-start':
      refuseWhatWasDropped(part.warnings);
      return null;
    case 'text-delta':
      return { type: 'text', text: part.delta };
    case 'reasoning-delta':
    case 'tool-input-delta':
      return { type: 'text', text: '' };
    case 'tool-call':
      return {
        type: 'tool_call',
        call: { id: part.toolCallId, name: part.toolName, arguments: part.input },
      };
    case 'error':
      throw part.error;
    case 'finish':
      return finishOf(part);
    default:
      return null;
  }
}

/** A provider's finish that is an error, or that nobody gave a reason for, is a connection that was cut. */
function finishOf({ finishReason, usage }: Extract<StreamPart, { type: 'finish' }>): ReplyPiece | null {
  const { unified, raw } = finishReason;
  if (unified === 'error' || (unified === 'other' && raw === undefined)) return null;
  const { total: input } = usage.inputTokens;
  const { total: output } = usage.outputTokens;
  const isKnown = input !== undefined && output !== undefined && !reportedWrongly(usage.raw);
  return {
    type: 'finish',
    reason: finishReasons[unified] ?? 'other',
    usage: isKnown ? { input, output } : null,
  };
}

/** What was asked for and cannot be had is an error, never dropped in silence. */
function refuseWhatWasDropped(warnings: Extract<StreamPart, { type: 'stream-start' }>['warnings']): void {
  const dropped = warnings.find((warning) => warning.type === 'unsupported');
  if (dropped === undefined || dropped.feature === 'maxOutputTokens') return;
  throw new DomainError('provider_failed', `The model does not take ${dropped.feature} as it was given.`, {
    retryable: false,
  });
}
