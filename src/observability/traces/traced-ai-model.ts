import { context, SpanKind, trace, type Span, type Tracer } from '@opentelemetry/api';
import type { AiModel, ReplyChunk, ReportedUsage } from '../../ports/ai-model.js';
import { markFailed } from './spans.js';

/** A model with a span for each time that it is asked, in which it also speaks to its provider. */
export function tracedAiModel(model: AiModel, name: string, tracer: Tracer): AiModel {
  return {
    unsupported: model.unsupported,
    ...(model.limits === undefined ? {} : { limits: model.limits }),
    reply: (request) => traced(model.reply(request), name, tracer),
  };
}

function traced(reply: AsyncIterable<ReplyChunk>, name: string, tracer: Tracer): AsyncIterable<ReplyChunk> {
  return {
    [Symbol.asyncIterator]() {
      const attributes = { 'gen_ai.request.model': name };
      const span = tracer.startSpan('provider', { kind: SpanKind.CLIENT, attributes });
      const inSpan = trace.setSpan(context.active(), span);
      const chunks = reply[Symbol.asyncIterator]();
      let hasBegun = false;
      const see = (next: IteratorResult<ReplyChunk>) => {
        if (next.done === true) {
          span.end();
          return next;
        }
        const chunk = next.value;
        if (chunk.type === 'usage') setUsage(span, chunk.usage);
        else if (chunk.type !== 'alive') {
          if (!hasBegun) span.addEvent('first piece');
          hasBegun = true;
        }
        if (chunk.type === 'finish') {
          span.setAttribute('gen_ai.response.finish_reasons', [chunk.reason]);
          setUsage(span, chunk.usage);
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
        next: () => context.with(inSpan, () => chunks.next()).then(see, fail),
        return: async () => {
          // Of a span that has ended nothing changes.
          if (span.isRecording()) span.end();
          await chunks.return?.();
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
