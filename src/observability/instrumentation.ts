import type { Metrics as MetricsReader } from '../adapters/http/kit/context.js';
import type { OnResponse, RequestHook } from '../adapters/http/kit/request-hooks.js';
import type { Database } from '../adapters/postgres/database.js';
import type { Settings } from '../config/read-settings.js';
import type { Core } from '../domain/core.js';
import type { Log } from '../ports/log.js';
import type { Decorators } from './decorators.js';
import { withDueCreditMetrics } from './due-credit-metrics.js';
import { pinoLog } from './log.js';
import {
  withCoreMetrics,
  withStoreMetrics,
  withDatabaseMetrics,
  withModelMetrics,
  countRequests,
} from './metric-decorators.js';
import {
  addConnectionMetrics,
  addHashQueueMetrics,
  addProcessMetrics,
  createMetrics,
  readMetrics,
  type Metrics,
} from './metrics.js';
import { withPasswordHasherMetrics } from './password-metrics.js';
import type { Traces } from './traces.js';

/** The log, the metrics and, if a collector is set, the traces of the server, and the decorators that feed them. */
export interface Instrumentation {
  log: Log;
  metrics: Metrics;
  metricsReader: MetricsReader;
  requestHook: RequestHook | null;
  onResponse: readonly OnResponse[];
  decorators: Decorators;
  database(database: Database): Database;
  core(core: Core): Core;
  /** Sends the traces that have not been sent yet. Never rejects. */
  finish(): Promise<void>;
}

/** Starts logging, measuring and tracing. */
export async function startInstrumentation(settings: Settings): Promise<Instrumentation> {
  const log = pinoLog({
    level: settings.LOG_LEVEL,
    readable: process.stdout.isTTY,
    secrets: secretsOf(settings),
  });
  const metrics = createMetrics();
  addProcessMetrics(metrics);
  const traces = await startTraces(settings, log);
  return {
    log,
    metrics,
    metricsReader: { read: () => readMetrics(metrics) },
    requestHook: traces?.requestHook ?? null,
    onResponse: [countRequests(metrics)],
    decorators: {
      stores: (stores) => withStoreMetrics(traces?.stores(stores) ?? stores, metrics),
      model: (model, name) => withModelMetrics(traces?.model(model, name) ?? model, name, metrics),
      passwordHasher: (hasher) => {
        addHashQueueMetrics(metrics, () => hasher.waiting());
        return withPasswordHasherMetrics(hasher, metrics);
      },
      moreHeaders: () => traces?.moreHeaders() ?? {},
    },
    database: (database) => {
      addConnectionMetrics(metrics, () => ({ ...database.connections() }));
      return withDueCreditMetrics(withDatabaseMetrics(database, metrics), metrics);
    },
    core: (core) => withCoreMetrics(traces?.core(core) ?? core, metrics),
    finish: async () => traces?.finish(),
  };
}

/** OpenTelemetry is loaded only if it is used. */
async function startTraces(settings: Settings, log: Log): Promise<Traces | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = settings;
  if (endpoint === null) return null;
  const { otlpTraces } = await import('./traces.js');
  return otlpTraces({
    endpoint,
    headers: settings.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    serviceName: settings.OTEL_SERVICE_NAME,
    share: settings.OTEL_TRACES_SAMPLER_ARG,
    log,
  });
}

/** The values that must not appear in the log. */
function secretsOf(settings: Settings): string[] {
  const urlPasswords = [settings.DATABASE_URL, settings.SMTP_URL].flatMap((url) => {
    const password = url === null ? '' : new URL(url).password;
    return [password, decodeURIComponent(password)];
  });
  const password = settings.DATABASE_PASSWORD ?? '';
  const apiKeys = settings.models.map(({ connection }) =>
    'apiKey' in connection ? connection.apiKey : null,
  );
  const headers = Object.values(settings.OTEL_EXPORTER_OTLP_HEADERS ?? {});
  return [
    ...urlPasswords,
    password,
    encodeURIComponent(password),
    ...apiKeys,
    ...headers,
    settings.METRICS_TOKEN,
  ].filter((secret) => Boolean(secret)) as string[];
}
