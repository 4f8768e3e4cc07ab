import { context, SpanKind, trace, type Span, type Tracer } from '@opentelemetry/api';
import type { AiModel, ReplyPiece, ReportedUsage } from '../../ports/ai-model.js';
import { markFailed } from './spans.js';

/** A model with a span for each time that it is asked, in which it also speaks to its provider. */
export function tracedAiModel(model: AiModel, name: string, tracer: Tracer): AiModel {
  return {
    refuses: model.refuses,
    ...(model.limits === undefined ? {} : { limits: model.limits }),
    reply: (request) => traced(model.reply(request), name, tracer),
  };
}

function traced(reply: AsyncIterable<ReplyPiece>, name: string, tracer: Tracer): AsyncIterable<ReplyPiece> {
  return {
    [Symbol.asyncIterator]() {
      const attributes = { 'gen_ai.request.model': name };
      const span = tracer.startSpan('provider', { kind: SpanKind.CLIENT, attributes });
      const inSpan = trace.setSpan(context.active(), span);
      const pieces = reply[Symbol.asyncIterator]();
      let hasBegun = false;
      const see = (next: IteratorResult<ReplyPiece>) => {
        if (next.done === true) {
          span.end();
          return next;
        }
        const piece = next.value;
        if (piece.type === 'usage') setUsage(span, piece.usage);
        else if (piece.type !== 'alive') {
          if (!hasBegun) span.addEvent('first piece');
          hasBegun = true;
        }
        if (piece.type === 'finish') {
          span.setAttribute('gen_ai.response.finish_reasons', [piece.reason]);
          setUsage(span, piece.usage);
          span.end();
        }
        return next;
      };
      const fail = (error: unknown): never => {
        markFailed(span, error);
        span.end();
        throw error;
      };
      return {
        next: () => context.with(inSpan, () => pieces.next()).then(see, fail),
        return: async () => {
          // Of a span that has ended nothing changes.
          if (span.isRecording()) span.end();
          await pieces.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

function setUsage(span: Span, usage: ReportedUsage | null): void {
  if (usage === null) return;
  if (usage.input !== null) span.setAttribute('gen_ai.usage.input_tokens', usage.input);
  if (usage.output !== null) span.setAttribute('gen_ai.usage.output_tokens', usage.output);
}
