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
import type { Core } from '../../domain/core.js';
import type { AiModel } from '../../ports/ai-model.js';
import type { Log } from '../../ports/log.js';
import type { Stores } from '../../ports/stores.js';
import { tracedAiModel } from './traced-ai-model.js';
import { tracedChatLedger } from './traced-chat-ledger.js';
import { tracedCore } from './traced-core.js';
import { tracedRequests, type AroundTraced } from './traced-requests.js';

export interface OtlpTracesOptions {
  /** The collector, without `/v1/traces`. */
  endpoint: string;
  /** Headers for the collector. */
  headers: Record<string, string>;
  serviceName: string;
  /** The share of requests that are traced where their callers do not say, from 0 to 1. */
  share: number;
  log: Log;
}

/** What is traced, by what stands around it. */
export interface Traces {
  requestHook: AroundTraced;
  stores(stores: Stores): Stores;
  model(model: AiModel, name: string): AiModel;
  core(core: Core): Core;
  /** The headers that tell a provider what its request belongs to (W3C Trace Context). */
  moreHeaders(): Record<string, string>;
  /** Sends what has not been sent, and stops. Never rejects. */
  finish(): Promise<void>;
}

const exportTimeoutMs = 5000;

/** Sends traces to a collector, by OTLP over HTTP, in the background: one that is away delays nothing. */
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
    requestHook: tracedRequests(tracer, propagator),
    stores: (stores) => ({ ...stores, chatLedger: tracedChatLedger(stores.chatLedger, tracer) }),
    model: (model, name) => tracedAiModel(model, name, tracer),
    core: (core) => tracedCore(core, tracer),
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
