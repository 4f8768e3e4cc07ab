import { createMeters, measureProcess, measureWhenRead, readMeters, type Meters } from './metrics/meters.js';
import { measuredAiModel } from './metrics/measured-ai-model.js';
import { measuredCore } from './metrics/measured-core.js';
import { measuredDatabase } from './metrics/measured-database.js';
import { measuredPasswordHasher } from './metrics/measured-password-hasher.js';
import { measuredRequests } from './metrics/measured-requests.js';
import { measuredStores } from './metrics/measured-stores.js';
import type { RequestHook, OnResponse } from '../adapters/http/kit/request-hooks.js';
import type { Metrics } from '../adapters/http/kit/context.js';
import { pinoLog } from './log/pino-log.js';
import type { Database } from '../adapters/postgres/database.js';
import type { Traces } from './traces/otlp-traces.js';
import type { Between } from '../server/compose.js';
import type { Core } from '../domain/core.js';
import type { Log } from '../ports/log.js';
import type { Settings } from '../config/settings.js';

/** All that looks on while the server works: its log, its metrics and, where a collector is named, its traces. */
export interface Observation {
  log: Log;
  meters: Meters;
  metrics: Metrics;
  requestHook: RequestHook | null;
  onResponse: readonly OnResponse[];
  between: Between;
  database(database: Database): Database;
  core(core: Core): Core;
  /** Sends what has not been sent. */
  finish(): Promise<void>;
}

/** Begins to look on, as the settings have it. */
export async function observe(settings: Settings): Promise<Observation> {
  const log = pinoLog({
    level: settings.LOG_LEVEL,
    readable: process.stdout.isTTY,
    secrets: secretsOf(settings),
  });
  const meters = createMeters();
  measureProcess(meters);
  const traces = await startTraces(settings, log);
  return {
    log,
    meters,
    metrics: { read: () => readMeters(meters) },
    requestHook: traces?.requestHook ?? null,
    onResponse: [measuredRequests(meters)],
    between: {
      stores: (stores) => measuredStores(traces?.stores(stores) ?? stores, meters),
      model: (model, name) => measuredAiModel(traces?.model(model, name) ?? model, name, meters),
      passwordHasher: (hasher) => {
        measureWhenRead(meters, 'password_hash_waiting', 'Passwords that wait to be hashed.', [], () =>
          hasher.waiting(),
        );
        return measuredPasswordHasher(hasher, meters);
      },
      moreHeaders: () => traces?.moreHeaders() ?? {},
    },
    database: (database) => {
      const help = 'Connections to the database by what they do, and statements that wait for one.';
      measureWhenRead(meters, 'database_connections', help, ['state'], () => ({ ...database.connections() }));
      return measuredDatabase(database, meters);
    },
    core: (core) => measuredCore(traces?.core(core) ?? core, meters),
    finish: async () => traces?.finish(),
  };
}

/** Loaded only where there is somebody to send traces to. */
async function startTraces(settings: Settings, log: Log): Promise<Traces | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = settings;
  if (endpoint === null) return null;
  const { otlpTraces } = await import('./traces/otlp-traces.js');
  return otlpTraces({
    endpoint,
    headers: settings.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    serviceName: settings.OTEL_SERVICE_NAME,
    share: settings.OTEL_TRACES_SAMPLER_ARG,
    log,
  });
}

/** What the settings have that is in no line of the log. */
function secretsOf(settings: Settings): string[] {
  const passwords = [settings.DATABASE_URL, settings.SMTP_URL].flatMap((url) => {
    const password = url === null ? '' : new URL(url).password;
    return [password, decodeURIComponent(password)];
  });
  const separate = settings.DATABASE_PASSWORD ?? '';
  const keys = settings.models.map(({ connection }) => ('apiKey' in connection ? connection.apiKey : null));
  const headers = Object.values(settings.OTEL_EXPORTER_OTLP_HEADERS ?? {});
  return [
    ...passwords,
    separate,
    encodeURIComponent(separate),
    ...keys,
    ...headers,
    settings.METRICS_TOKEN,
  ].filter((secret) => Boolean(secret)) as string[];
}
