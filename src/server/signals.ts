import { constants } from 'node:os';

/** Why the process must stop: a signal or an uncaught exception. */
export type StopReason = { signal: NodeJS.Signals } | { exception: unknown };

export interface StopHandler {
  /**
   * Returns the first reason to stop, for a process that has work to finish first: from now on signals and exceptions no
   * longer end the process at once. A second signal does, with 128 plus its number as the exit code.
   *
   * @param onException Called with every uncaught exception.
   */
  waitForStop(onException: (exception: unknown) => void): Promise<StopReason>;
}

/**
 * Handles SIGTERM, SIGINT and uncaught exceptions until the process ends. Until `waitForStop` is called, each ends the
 * process at once: a signal with `signalExitCode`, or with 128 plus its number if that is null; an exception with 1, after
 * the text that `explain` returns was written to standard error.
 *
 * The handlers end the process themselves, because the kernel ignores signals to process 1 of a container that have no
 * handler.
 *
 * @param options.listen Where signals come from, if not from the system.
 */
export function handleSignals(options: {
  signalExitCode: number | null;
  explain: (exception: unknown) => string;
  listen?: ((onSignal: (signal: NodeJS.Signals) => void) => void) | undefined;
}): StopHandler {
  let signals = 0;
  let onSignal = (signal: NodeJS.Signals): void => {
    process.exit(options.signalExitCode ?? exitCodeOf(signal));
  };
  let onUncaught = (exception: unknown): void => {
    process.stderr.write(`Uncaught exception: ${options.explain(exception)}\n`);
    process.exit(1);
  };
  const { listen = onOwnSignal } = options;
  listen((signal) => {
    onSignal(signal);
  });
  // Node reports unhandled rejections here as well.
  process.on('uncaughtException', (exception) => {
    onUncaught(exception);
  });
  return {
    waitForStop: (onException) =>
      new Promise((resolve) => {
        onSignal = (signal) => {
          signals += 1;
          if (signals > 1) process.exit(exitCodeOf(signal));
          resolve({ signal });
        };
        onUncaught = (exception) => {
          onException(exception);
          resolve({ exception });
        };
      }),
  };
}

function onOwnSignal(onSignal: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      onSignal(signal);
    });
}

function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
