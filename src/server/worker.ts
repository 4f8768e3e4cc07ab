import cluster from 'node:cluster';
import type { Registry } from 'prom-client';
import type { Metrics as MetricsReader } from '../adapters/http/kit/context.js';
import type { MetricsOfWorker } from './worker-metrics.js';

/**
 * What a worker sends to the primary process: that it serves, a question for the metrics of all workers, and its own metrics. A question
 * and its response have the same `id`.
 */
export type FromWorker =
  | { type: 'ready' }
  | { type: 'metrics'; id: number }
  | { type: 'report'; id: number; metrics: MetricsOfWorker };

/** What a worker gets: to stop, to read its files again, the metrics that it asked for, and a question for its own. */
export type ToWorker =
  | { type: 'stop'; signal: NodeJS.Signals }
  | { type: 'reload' }
  | { type: 'metrics'; id: number; text: string }
  | { type: 'report'; id: number };

/** How a server that is one of several workers differs from one that is alone. */
export interface ServerWorker {
  /** From 1; a worker in the place of another one has its number. */
  number: number;
  /** Whether no worker was started before it: it speaks to the operator, and listens while it starts. */
  isFirst: boolean;
  /** Reports that requests are served from now on. */
  reportReady(): void;
  /** Calls `reload` whenever the primary process says so; at once, if it has said so before. */
  onReload(reload: () => void): void;
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
    onReload: (reload) => {
      onMessage((message) => {
        if (message.type === 'reload') reload();
      });
      if (reloads > 0) reload();
    },
    allMetrics: (registry) => {
      // Counters of one worker begin again at zero when another takes its place: a sum over all would seem to fall.
      registry.setDefaultLabels({ worker: String(number) });
      onMessage((message) => {
        if (message.type === 'report') void report(registry, message.id);
      });
      return { read: async () => ({ mediaType: registry.contentType, text: await askForMetrics() }) };
    },
  };
}

/** How often the primary process has said that files must be read again. */
let reloads = 0;

/**
 * Calls `onSignal` when the primary process says that this worker must stop. Signals to the worker itself are ignored: terminals
 * and systemd signal every process, and the primary passes on what it gets. Without the primary a worker ends at once.
 */
export function onStopMessage(onSignal: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  onMessage((message) => {
    if (message.type === 'stop') onSignal(message.signal);
    if (message.type === 'reload') reloads += 1;
  });
}

function onMessage(listener: (message: ToWorker) => void): void {
  process.on('message', listener);
}

function send(message: FromWorker): void {
  // Without the primary process this worker ends at once: what it wanted to say is lost.
  process.send?.(message, undefined, undefined, () => undefined);
}

async function report(registry: Registry, id: number): Promise<void> {
  send({ type: 'report', id, metrics: await registry.getMetricsAsJSON() });
}

let questions = 0;

function askForMetrics(): Promise<string> {
  questions += 1;
  const id = questions;
  return new Promise((resolve) => {
    const receive = (message: ToWorker) => {
      if (message.type !== 'metrics' || message.id !== id) return;
      process.off('message', receive);
      resolve(message.text);
    };
    process.on('message', receive);
    send({ type: 'metrics', id });
  });
}
