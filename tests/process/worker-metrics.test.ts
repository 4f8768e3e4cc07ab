import { Counter, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { workerMetrics, type WorkerMetrics } from '../../src/server/worker-metrics.js';

/** Returns what worker `number` reports: one counter, with its number. */
async function metricsOf(number: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ worker: number });
  new Counter({ name: 'chats', help: 'Chats.', registers: [registry] }).inc(Number(number));
  return registry.getMetricsAsJSON();
}

function collecting(options: { timeoutMs: number; hanging: string[] }) {
  const asked: { worker: string; id: number }[] = [];
  const metrics: WorkerMetrics<string> = workerMetrics({
    timeoutMs: options.timeoutMs,
    ask: (worker, id) => {
      asked.push({ worker, id });
      if (!options.hanging.includes(worker))
        void metricsOf(worker).then((report) => {
          metrics.receive(worker, { id, metrics: report });
        });
    },
  });
  return { metrics, asked };
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.startsWith('chats'));

test('the metrics of all workers are one text, and waiting ends when all have reported', async () => {
  const { metrics } = collecting({ timeoutMs: 600_000, hanging: [] });
  expect(linesOf(await metrics.read(['1', '2']))).toEqual(['chats{worker="1"} 1', 'chats{worker="2"} 2']);
});

test('a worker that does not report in time is left out, and what it reports later is ignored', async () => {
  const { metrics, asked } = collecting({ timeoutMs: 500, hanging: ['2'] });
  expect(linesOf(await metrics.read(['1', '2']))).toEqual(['chats{worker="1"} 1']);
  for (const { worker, id } of asked) metrics.receive(worker, { id, metrics: await metricsOf(worker) });
  expect(linesOf(await metrics.read(['1']))).toEqual(['chats{worker="1"} 1']);
});

test('two reads at once do not mix, and a worker counts once', async () => {
  const { metrics, asked } = collecting({ timeoutMs: 600_000, hanging: ['1', '2'] });
  const [first, second] = [metrics.read(['1', '2']), metrics.read(['2'])];
  const report = async (worker: string, read: number) => {
    const id = asked.filter((each) => each.worker === worker)[read]?.id ?? 0;
    metrics.receive(worker, { id, metrics: await metricsOf(worker) });
  };
  await report('1', 0);
  await report('1', 0);
  await report('2', 1);
  expect(linesOf(await second)).toEqual(['chats{worker="2"} 2']);
  await report('2', 0);
  expect(linesOf(await first)).toHaveLength(2);
});
