import { context, SpanKind, trace, type Context, type Span, type Tracer } from '@opentelemetry/api';
import type { AiModel, ReportedUsage } from '../../ports/ai-model.js';
import { markFailed } from './spans.js';

/** Returns the model with a span for each reply, in which its requests to the provider are sent as well. */
export function withModelTraces(model: AiModel, name: string, tracer: Tracer): AiModel {
  return {
    unsupported: model.unsupported,
    ...(model.limits === undefined ? {} : { limits: model.limits }),
    async *reply(request) {
      const attributes = { 'gen_ai.request.model': name };
      const span = tracer.startSpan('provider', { kind: SpanKind.CLIENT, attributes });
      const end = () => {
        if (span.isRecording()) span.end();
      };
      // A model that ignores its signal may never return.
      request.signal.addEventListener('abort', end, { once: true });
      let hasStarted = false;
      try {
        for await (const chunk of inContext(trace.setSpan(context.active(), span), model.reply(request))) {
          if (chunk.type === 'usage') setUsage(span, chunk.usage);
          else if (chunk.type !== 'alive') {
            if (!hasStarted) span.addEvent('first chunk');
            hasStarted = true;
          }
          if (chunk.type === 'finish') {
            span.setAttribute('gen_ai.response.finish_reasons', [chunk.reason]);
            setUsage(span, chunk.usage);
            end();
          }
          yield chunk;
        }
      } catch (error) {
        if (span.isRecording()) markFailed(span, error);
        throw error;
      } finally {
        end();
      }
    },
  };
}

/** An iterator works in the context of its caller, which for a model is the relay's. */
function inContext<Chunk>(active: Context, chunks: AsyncIterable<Chunk>): AsyncIterable<Chunk> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = chunks[Symbol.asyncIterator]();
      return {
        next: () => context.with(active, () => iterator.next()),
        return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}

function setUsage(span: Span, usage: ReportedUsage | null): void {
  if (usage === null) return;
  if (usage.input !== null) span.setAttribute('gen_ai.usage.input_tokens', usage.input);
  if (usage.output !== null) span.setAttribute('gen_ai.usage.output_tokens', usage.output);
}
