import { constants } from 'node:os';

/** Why a process has to stop: a signal, or an exception that nothing caught. */
export type StopRequest = { signal: NodeJS.Signals } | { exception: unknown };

/** The requests to stop this process. */
export interface StopRequests {
  /**
   * Takes over from ending the process at once, for a process that has work to finish: returns the first request, and
   * passes each exception that nothing caught to `report`. A second signal ends the process at once, with 128 and the
   * number of the signal as its exit code.
   */
  first(report: (exception: unknown) => void): Promise<StopRequest>;
}

/**
 * Handles SIGTERM, SIGINT and exceptions that nothing caught, from now on and until the process ends. Each ends the
 * process at once until `first` is called: a signal with `signalExitCode`, or with 128 and its number where that is null;
 * an exception with 1, after `explain` has returned what standard error is told of it.
 *
 * The handlers end the process themselves: the kernel ignores signals to process 1 of a container that have none.
 */
export function handleStopRequests(options: {
  signalExitCode: number | null;
  explain: (exception: unknown) => string;
}): StopRequests {
  let signals = 0;
  let onSignal = (signal: NodeJS.Signals): void => {
    process.exit(options.signalExitCode ?? exitCodeOf(signal));
  };
  let onException = (exception: unknown): void => {
    process.stderr.write(`An exception that nothing caught: ${options.explain(exception)}\n`);
    process.exit(1);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      onSignal(signal);
    });
  // Rejections that nothing handled are among them.
  process.on('uncaughtException', (exception) => {
    onException(exception);
  });
  return {
    first: (report) =>
      new Promise((resolve) => {
        onSignal = (signal) => {
          signals += 1;
          if (signals > 1) process.exit(exitCodeOf(signal));
          resolve({ signal });
        };
        onException = (exception) => {
          report(exception);
          resolve({ exception });
        };
      }),
  };
}

function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
