#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { explainError, isSystemError } from './cli/explain-error.js';
import type { ReadSettings, Settings } from './config/read-settings.js';
import { lockDataFolder } from './server/data-folder.js';
import { handleSignals } from './server/signals.js';

// Before anything else is loaded: process 1 of a container loses a signal that has no handler yet. A server that is stopped
// while it starts has lost nothing; a command that is stopped has not done its work.
const isServing = (process.argv[2] ?? 'serve') === 'serve';
const workerVariable = 'METERED_CHAT_WORKER';
// Process managers start servers as cluster workers too: the variable says that the primary process is our own.
const worker = workerVariable in process.env ? await import('./server/worker.js') : null;
const stopHandler = handleSignals({
  signalExitCode: isServing ? 0 : null,
  explain: explainError,
  listen: worker?.onStopMessage,
});

// Loaded only once the data folder is locked, so that a process that cannot get it ends at once.
const loadSettings = () => import('./config/read-settings.js');
const loadServe = () => import('./server/serve.js');
const loadWorkers = () => import('./server/workers.js');
const loadCommands = () => import('./cli/commands.js');

/** The longest time that open handles, such as a hanging statement, may keep the finished process. */
const exitTimeoutMs = 100;

/** Prints to standard error: standard output is for the log and the results of commands. */
function print(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main([name = 'serve', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || args.includes('--help')) {
    const { help } = await loadCommands();
    process.stdout.write(`${help}\n`);
    return 0;
  }
  return name === 'serve' ? runServer() : runCommand(name, args);
}

async function runServer(): Promise<number> {
  return withSettings({ mayCreate: true }, async (settings, soleOwner, readSettingsAgain) => {
    if (settings.WORKERS > 1 && worker === null) {
      const { serveWithWorkers } = await loadWorkers();
      return serveWithWorkers(settings.WORKERS, {
        print,
        stopHandler,
        reloadsOnHangUp: settings.MODELS_FILE !== null,
        numberVariable: workerVariable,
      });
    }
    const { serve } = await loadServe();
    return serve(settings, {
      soleOwner,
      print,
      stopHandler,
      readSettingsAgain,
      worker: worker?.currentWorker(Number(process.env[workerVariable])) ?? null,
    });
  });
}

async function runCommand(name: string, args: readonly string[]): Promise<number> {
  const { findCommand, help, runCommand, runStandalone } = await loadCommands();
  const command = findCommand(name);
  if (command === undefined) {
    print(`Unknown command "${name}".\n\n${help}`);
    return 2;
  }
  if ('usesDatabase' in command) return runStandalone(command, args);
  return withSettings({ mayCreate: command.createsDatabase }, (settings) =>
    runCommand(settings, command, args, print),
  );
}

/** Reads the settings and locks the data folder while `work` runs. */
async function withSettings(
  options: { mayCreate: boolean },
  work: (settings: Settings, soleOwner: boolean, readAgain: () => ReadSettings) => Promise<number>,
): Promise<number> {
  const { readSettings } = await loadSettings();
  const variables = { ...readEnvironmentFile(), ...process.env };
  const read = readSettings(variables);
  if (read.outcome === 'invalid') {
    print(`Invalid settings:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}`);
    return 2;
  }
  const lock = await lockDataFolder(read.settings, options);
  if (lock.outcome === 'held') {
    print(
      `The data in ${read.settings.DATA_DIR} is in use by ${lock.holder}; the embedded database serves one process at a time.\n` +
        'Stop that process, or set another DATA_DIR, or set DATABASE_URL: PostgreSQL serves any number of processes.',
    );
    return 1;
  }
  try {
    return await work(read.settings, lock.soleOwner, () => readSettings(variables));
  } finally {
    await lock.release();
  }
}

/** The variables of the file `.env` in the current folder, if there is one. */
function readEnvironmentFile(): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return {};
    throw error;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  print(explainError(error));
  process.exitCode = 1;
}
setTimeout(() => process.exit(), exitTimeoutMs).unref();
