import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { StopHandler } from './signals.js';
import { workerMetrics } from './worker-metrics.js';
import type { FromWorker, ToWorker } from './worker.js';

/** A worker that ends sooner after its start is replaced only when this time has passed, so that none is started in a loop. */
const leastLifeMs = 1000;

/** How long a request for the metrics waits for a worker. Prometheus waits for 10 s, if nothing else is set. */
const metricsTimeoutMs = 3000;

/**
 * Serves with `count` processes that listen on one port; PostgreSQL is their only common state. A worker that ends is replaced,
 * and its holds expire. If the first ends before it is ready, so does the server. On a signal, every worker finishes its requests.
 *
 * @param options.print Prints a line for the operator.
 * @param options.numberVariable The environment variable for the number of a worker.
 * @param options.reloadsOnHangUp Whether all workers read their files again on SIGHUP; otherwise it ends the process.
 * @returns The exit code: that of a worker that could not start, 1 after an exception, otherwise 0.
 */
export async function serveWithWorkers(
  count: number,
  options: {
    print: (line: string) => void;
    stopHandler: StopHandler;
    reloadsOnHangUp: boolean;
    numberVariable: string;
  },
): Promise<number> {
  const { print } = options;
  const workers = new Set<Worker>();
  /** Those that serve. */
  const ready = new Set<Worker>();
  const state: { hasBeenReady: boolean; isStopping: boolean } = { hasBeenReady: false, isStopping: false };
  let onFailedStart: (exitCode: number) => void = () => undefined;
  // The others start when the first is ready: the database is migrated by then, and what prevents a start is said once.
  const receive = receiver(ready, () => {
    if (state.hasBeenReady) return;
    state.hasBeenReady = true;
    for (let number = 2; number <= count; number += 1) start(number);
  });
  const start = (number: number) => {
    const startedAt = performance.now();
    const worker = cluster.fork({ [options.numberVariable]: String(number) });
    workers.add(worker);
    worker.on('message', (message: FromWorker) => {
      receive(worker, message);
    });
    // A worker that ends while it is written to; its exit follows.
    worker.on('error', () => undefined);
    worker.once('exit', (code: number | null, signal: string | null) => {
      workers.delete(worker);
      ready.delete(worker);
      if (state.isStopping) return;
      if (!state.hasBeenReady) {
        onFailedStart(code === null || code === 0 ? 1 : code);
        return;
      }
      print(`Worker ${number} ended (${signal ?? `exit code ${code ?? 0}`}); another one takes its place.`);
      const replace = () => {
        if (!state.isStopping) start(number);
      };
      setTimeout(replace, Math.max(leastLifeMs - (performance.now() - startedAt), 0));
    });
  };

  const stopRequested = options.stopHandler.waitForStop((exception) => {
    print(`Uncaught exception: ${exception instanceof Error ? (exception.stack ?? '') : String(exception)}`);
  });
  if (options.reloadsOnHangUp)
    process.on('SIGHUP', () => {
      for (const worker of workers) send(worker, { type: 'reload' });
    });
  const startFailed = new Promise<{ exitCode: number }>((resolve) => {
    onFailedStart = (exitCode) => {
      resolve({ exitCode });
    };
  });
  start(1);

  const end = await Promise.race([startFailed, stopRequested]);
  state.isStopping = true;
  for (const worker of workers)
    send(worker, { type: 'stop', signal: 'signal' in end ? end.signal : 'SIGTERM' });
  while (workers.size > 0) await once(cluster, 'exit');
  if ('exitCode' in end) return end.exitCode;
  return 'exception' in end ? 1 : 0;
}

/** Returns a function that handles the messages of workers, and adds those that serve to `ready`. */
function receiver(ready: Set<Worker>, onReady: () => void) {
  const metrics = workerMetrics<Worker>({
    timeoutMs: metricsTimeoutMs,
    ask: (worker, id) => {
      send(worker, { type: 'report', id });
    },
  });
  return (worker: Worker, message: FromWorker): void => {
    switch (message.type) {
      case 'ready':
        ready.add(worker);
        onReady();
        return;
      case 'report':
        metrics.receive(worker, message);
        return;
      case 'metrics': {
        const { id } = message;
        void metrics.read(new Set([...ready, worker])).then((text) => {
          send(worker, { type: 'metrics', id, text });
        });
      }
    }
  };
}

function send(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}
