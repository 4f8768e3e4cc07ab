import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
  type TextMapPropagator,
  type Tracer,
} from '@opentelemetry/api';
import type { IncomingRequest, RequestHook } from '../adapters/http/kit/request-hooks.js';
import type { Core } from '../domain/core.js';
import { isDomainError } from '../domain/errors.js';
import type { AiModel, ReportedUsage } from '../ports/ai-model.js';
import type { HoldLedger } from '../ports/hold-ledger.js';

/**
 * Adds a span for each request, a child of the span that the caller names (W3C Trace Context). It contains nothing of the
 * query, headers or body.
 */
export function traceRequests(tracer: Tracer, propagator: TextMapPropagator): RequestHook {
  return (request, work) => {
    const parent = propagator.extract(ROOT_CONTEXT, request, {
      get: (carrier: IncomingRequest, name) => carrier.header(name),
      keys: () => propagator.fields(),
    });
    const attributes = {
      'http.request.method': request.method,
      'metered_chat.request_id': request.requestId,
    };
    const options = { kind: SpanKind.SERVER, attributes };
    return withinSpan(
      tracer,
      request.method,
      options,
      async (span) => {
        const outcome = await work();
        const { route, status, userId } = outcome;
        span.updateName(`${request.method} ${route ?? 'unknown'}`);
        span.setAttribute('http.response.status_code', status);
        if (route !== null) span.setAttribute('http.route', route);
        if (userId !== null) span.setAttribute('user.id', userId);
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        return outcome;
      },
      parent,
    );
  };
}

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

/** Adds a span with the outcome for each step of an exchange. */
export function withHoldLedgerTraces(ledger: HoldLedger, tracer: Tracer): HoldLedger {
  const step = <Result extends { outcome: string }>(name: string, id: string, work: () => Promise<Result>) =>
    withinSpan(tracer, name, { attributes: { 'metered_chat.chat_id': id } }, async (span) => {
      const result = await work();
      span.setAttribute('metered_chat.outcome', result.outcome);
      return result;
    });
  return {
    ...ledger,
    reserve: (request) => step('reserve', request.exchangeId, () => ledger.reserve(request)),
    spend: (request) => step('spend', request.exchangeId, () => ledger.spend(request)),
    settle: (settlement) => step('settle', settlement.exchange.exchangeId, () => ledger.settle(settlement)),
    release: (release) => step('release', release.exchange.exchangeId, () => ledger.release(release)),
  };
}

/** Adds a span for the authentication of the caller. */
export function withCoreTraces(core: Core, tracer: Tracer): Core {
  return {
    ...core,
    auth: {
      ...core.auth,
      authenticate: (secret) => withinSpan(tracer, 'authenticate', {}, () => core.auth.authenticate(secret)),
      identify: (secret) => withinSpan(tracer, 'authenticate', {}, () => core.auth.identify(secret)),
    },
  };
}

/** Runs work in a new span, a child of `parent` or of the current one. */
function withinSpan<Result>(
  tracer: Tracer,
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<Result>,
  parent: Context = context.active(),
): Promise<Result> {
  const span = tracer.startSpan(name, options, parent);
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await work(span);
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Marks a span as failed, with the code or name of the error; its message could contain private data. */
function markFailed(span: Span, error: unknown): void {
  const type = isDomainError(error) ? error.code : error instanceof Error ? error.name : 'unknown';
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
