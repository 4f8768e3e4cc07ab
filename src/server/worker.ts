import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';
import type { Metrics as MetricsReader } from '../adapters/http/kit/context.js';

/** What a worker sends to the primary process, and what it gets; a request and its response have the same `id`. */
export type FromWorker = { type: 'ready' } | { type: 'metrics'; id: number };
export type ToWorker =
  { type: 'stop'; signal: NodeJS.Signals } | { type: 'metrics'; id: number; text: string | null };

/** How a server that is one of several workers differs from one that is alone. */
export interface ServerWorker {
  /** From 1; a worker in the place of another one has its number. */
  number: number;
  /** Whether no worker was started before it: it speaks to the operator, and listens while it starts. */
  isFirst: boolean;
  /** Reports that requests are served from now on. */
  reportReady(): void;
  /** Reads the metrics of all workers; those of this one are in `registry`. */
  allMetrics(registry: Registry): MetricsReader;
}

/** Returns this process, which is a worker. */
export function currentWorker(number: number): ServerWorker {
  return {
    number,
    isFirst: cluster.worker?.id === 1,
    reportReady: () => {
      send({ type: 'ready' });
    },
    allMetrics: (registry) => {
      // Counters of one worker begin again at zero when another takes its place: a sum over all would seem to fall.
      registry.setDefaultLabels({ worker: String(number) });
      AggregatorRegistry.setRegistries(registry);
      // Its constructor lets this worker return its metrics whenever the primary process asks for them.
      const { contentType: mediaType } = new AggregatorRegistry();
      return { read: async () => ({ mediaType, text: await askForMetrics() }) };
    },
  };
}

/**
 * Calls `onSignal` when the primary process says that this worker must stop. Signals to the worker itself are ignored: terminals
 * and systemd signal every process, and the primary passes on what it gets. Without the primary a worker ends at once.
 */
export function onStopMessage(onSignal: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined);
  process.on('message', (message: ToWorker) => {
    if (message.type === 'stop') onSignal(message.signal);
  });
}

function send(message: FromWorker): void {
  // Without the primary process this worker ends at once: what it wanted to say is lost.
  process.send?.(message, undefined, undefined, () => undefined);
}

let questions = 0;

function askForMetrics(): Promise<string> {
  questions += 1;
  const id = questions;
  return new Promise((resolve, reject) => {
    const receive = (message: ToWorker) => {
      if (message.type !== 'metrics' || message.id !== id) return;
      process.off('message', receive);
      if (message.text === null) reject(new Error('A worker did not report its metrics in time.'));
      else resolve(message.text);
    };
    process.on('message', receive);
    send({ type: 'metrics', id });
  });
}
