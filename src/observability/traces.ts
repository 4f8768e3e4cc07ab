import { context, defaultTextMapSetter, diag, DiagLogLevel } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Core } from '../domain/core.js';
import type { AiModel } from '../ports/ai-model.js';
import type { RequestHook } from '../adapters/http/kit/request-hooks.js';
import type { Log } from '../ports/log.js';
import type { Stores } from '../ports/stores.js';
import { withModelTraces, withHoldLedgerTraces, withCoreTraces, traceRequests } from './trace-decorators.js';

export interface OtlpTracesOptions {
  /** The collector, without `/v1/traces`. */
  endpoint: string;
  /** Headers for the collector. */
  headers: Record<string, string>;
  serviceName: string;
  /** The share of requests that are traced if their callers do not decide, from 0 to 1. */
  share: number;
  log: Log;
}

/** The decorators that create spans. */
export interface Traces {
  requestHook: RequestHook;
  stores(stores: Stores): Stores;
  model(model: AiModel, name: string): AiModel;
  core(core: Core): Core;
  /** Returns the headers that pass the trace on to a provider (W3C Trace Context). */
  moreHeaders(): Record<string, string>;
  /** Sends the spans that have not been sent yet, and stops. Never rejects. */
  finish(): Promise<void>;
}

const exportTimeoutMs = 5000;

/** Sends traces to a collector by OTLP over HTTP, in the background: an unreachable collector delays nothing. */
export function otlpTraces({ endpoint, headers, serviceName, share, log }: OtlpTracesOptions): Traces {
  const warn = (message: string) => {
    log.warn({ reason: message.slice(0, 500) }, 'traces could not be sent');
  };
  const ignore = () => undefined;
  diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers,
    timeoutMillis: exportTimeoutMs,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('metered-chat');
  const propagator = new W3CTraceContextPropagator();
  return {
    requestHook: traceRequests(tracer, propagator),
    stores: (stores) => ({ ...stores, holdLedger: withHoldLedgerTraces(stores.holdLedger, tracer) }),
    model: (model, name) => withModelTraces(model, name, tracer),
    core: (core) => withCoreTraces(core, tracer),
    moreHeaders() {
      const carrier: Record<string, string> = {};
      propagator.inject(context.active(), carrier, defaultTextMapSetter);
      return carrier;
    },
    async finish() {
      await provider.shutdown().catch((error: unknown) => {
        warn(error instanceof Error ? error.message : String(error));
      });
      context.disable();
      diag.disable();
    },
  };
}
