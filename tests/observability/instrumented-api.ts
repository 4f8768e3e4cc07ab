import { createMetrics, readMetrics, type Metrics } from '../../src/observability/metrics.js';
import {
  countRequests,
  withCoreMetrics,
  withStoreMetrics,
} from '../../src/observability/metric-decorators.js';
import { withModelMetrics } from '../../src/observability/metric-decorators.js';
import type { ModelOffer } from '../../src/domain/chat/model-offer.js';
import { openEngine } from '../adapters/http/engines.js';
import { testApi, type TestApi, type TestApiOptions } from '../adapters/http/test-api.js';

/** The API in memory, with metrics. */
export interface InstrumentedApi extends TestApi {
  metrics: Metrics;
  /** Returns the value of a series such as `metered_chat_chats_total{model="echo"}`; undefined if there is none. */
  valueOf(series: string): Promise<number | undefined>;
}

/** Composes the API as the server does. */
export async function instrumentedApi(options: TestApiOptions = {}): Promise<InstrumentedApi> {
  const engine = await openEngine('memory');
  const metrics = createMetrics();
  const instrumented = (offer: ModelOffer): ModelOffer => ({
    ...offer,
    model: withModelMetrics(offer.model, offer.name, metrics),
  });
  const api = testApi(
    { ...engine, stores: withStoreMetrics(engine.stores, metrics) },
    {
      metrics: { read: () => readMetrics(metrics) },
      onResponse: [countRequests(metrics)],
      wrapCore: (core) => withCoreMetrics(core, metrics),
      ...options,
      ...(options.models === undefined
        ? {}
        : { models: [instrumented(options.models[0]), ...options.models.slice(1).map(instrumented)] }),
    },
  );
  return {
    ...api,
    metrics,
    valueOf: async (series) => (await readSeries(metrics)).get(series),
  };
}

/** Returns every series by its name and labels. Throws if a line violates the text format of Prometheus. */
export async function readSeries(metrics: Metrics): Promise<Map<string, number>> {
  const { text } = await readMetrics(metrics);
  const series = new Map<string, number>();
  const typed = new Set<string>();
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const type = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary)$/.exec(line)?.[1];
    if (type !== undefined) typed.add(type);
    if (line.startsWith('#')) continue;
    const label = '[a-zA-Z_]\\w*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
    const parts = new RegExp(`^(([a-zA-Z_:][\\w:]*)(?:\\{${label}(?:,${label})*\\})?) (\\S+)$`).exec(line);
    const [, name = '', family = '', value = ''] = parts ?? [];
    const base = family.replace(/_(bucket|sum|count)$/, '');
    if (parts === null || !(typed.has(family) || typed.has(base)) || series.has(name))
      throw new Error(`Not a line of the text format: ${line}`);
    series.set(name, value === '+Inf' ? Infinity : Number(value === 'Nan' ? NaN : value));
  }
  return series;
}
