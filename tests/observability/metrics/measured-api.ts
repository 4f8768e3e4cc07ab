import { createMeters, type Meters } from '../../../src/observability/metrics/meters.js';
import { readMeters } from '../../../src/observability/metrics/meters.js';
import { measuredAiModel } from '../../../src/observability/metrics/measured-ai-model.js';
import { measuredCore } from '../../../src/observability/metrics/measured-core.js';
import { measuredRequests } from '../../../src/observability/metrics/measured-requests.js';
import { measuredStores } from '../../../src/observability/metrics/measured-stores.js';
import type { ModelOffer } from '../../../src/domain/chat/model-offer.js';
import { openEngine } from '../../adapters/http/engines.js';
import { testApi, type TestApi, type TestApiOptions } from '../../adapters/http/test-api.js';

/** The API in memory with everything measured. */
export interface ObservedApi extends TestApi {
  meters: Meters;
  /** The value of a series such as `metered_chat_chats_total{model="echo"}`; undefined where there is none. */
  valueOf(series: string): Promise<number | undefined>;
}

/** Composes it as the server does. */
export async function observedApi(options: TestApiOptions = {}): Promise<ObservedApi> {
  const engine = await openEngine('memory');
  const meters = createMeters();
  const observed = (offer: ModelOffer): ModelOffer => ({
    ...offer,
    model: measuredAiModel(offer.model, offer.name, meters),
  });
  const api = testApi(
    { ...engine, stores: measuredStores(engine.stores, meters) },
    {
      metrics: { read: () => readMeters(meters) },
      onResponse: [measuredRequests(meters)],
      wrapCore: (core) => measuredCore(core, meters),
      ...options,
      ...(options.models === undefined
        ? {}
        : { models: [observed(options.models[0]), ...options.models.slice(1).map(observed)] }),
    },
  );
  return {
    ...api,
    meters,
    valueOf: async (series) => (await readSeries(meters)).get(series),
  };
}

/** Every series by its name and labels, read by the rules of the text format; throws at a line that breaks them. */
export async function readSeries(meters: Meters): Promise<Map<string, number>> {
  const { text } = await readMeters(meters);
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
      throw new Error(`This is no line of the text format: ${line}`);
    series.set(name, value === '+Inf' ? Infinity : Number(value === 'Nan' ? NaN : value));
  }
  return series;
}
