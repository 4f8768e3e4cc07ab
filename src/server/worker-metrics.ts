import { AggregatorRegistry, type Registry } from 'prom-client';

/** The metrics of one worker, as its registry returns them. */
export type MetricsOfWorker = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Reads the metrics of all workers, for the primary process. */
export interface WorkerMetrics<Worker> {
  /** Returns the metrics of these workers in the text format of Prometheus, without those that do not report in time. */
  read(workers: Iterable<Worker>): Promise<string>;
  /** Receives what a worker reports. */
  receive(worker: Worker, report: { id: number; metrics: MetricsOfWorker }): void;
}

/**
 * Collects reports. A worker that hangs, or ends meanwhile, is left out after `timeoutMs`: then the others are what an operator
 * must see.
 *
 * @param options.ask Asks a worker for its metrics, which come with this `id`.
 */
export function workerMetrics<Worker>(options: {
  timeoutMs: number;
  ask: (worker: Worker, id: number) => void;
}): WorkerMetrics<Worker> {
  let reads = 0;
  const open = new Map<number, (worker: Worker, metrics: MetricsOfWorker) => void>();
  return {
    read: async (workers) => {
      reads += 1;
      const id = reads;
      const missing = new Set(workers);
      const reports: MetricsOfWorker[] = [];
      await new Promise<void>((resolve) => {
        const timeout = setTimeout(resolve, options.timeoutMs);
        open.set(id, (worker, metrics) => {
          if (missing.delete(worker)) reports.push(metrics);
          if (missing.size > 0) return;
          clearTimeout(timeout);
          resolve();
        });
        for (const worker of missing) options.ask(worker, id);
      });
      open.delete(id);
      return AggregatorRegistry.aggregate(reports).metrics();
    },
    receive: (worker, { id, metrics }) => open.get(id)?.(worker, metrics),
  };
}
