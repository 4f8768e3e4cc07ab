#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { claimData } from './server/claim-data.js';
import { isDomainError } from './domain/errors.js';
import { isSetupError } from './domain/setup-error.js';
import type { Settings } from './config/settings.js';
import { handleStopRequests } from './server/stop-requests.js';

// Before anything else is loaded: a signal that comes first would be lost to process 1 of a container.
const stopRequests = handleStopRequests({ signalExitCode: isServing() ? 0 : null, explain });

const loadSettings = () => import('./config/settings.js');
// What does the work is loaded only once the data are claimed, so that a process that has to leave leaves at once.
const loadServe = () => import('./server/serve.js');
const loadCommands = () => import('./cli/commands.js');

/** Once all is said and done, what is still open (a statement that hangs, say) keeps the process no longer than this. */
const leftoversTimeoutMs = 100;

/** Progress and messages go to standard error; standard output is for the log and for what was asked. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A server that is stopped while it starts has lost nothing; a command that is stopped has not done its work. */
function isServing(): boolean {
  return (process.argv[2] ?? 'serve') === 'serve';
}

async function main([name = 'serve', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || args.includes('--help')) {
    const { help } = await loadCommands();
    process.stdout.write(`${help}\n`);
    return 0;
  }
  return name === 'serve' ? startServing() : startCommand(name, args);
}

async function startServing(): Promise<number> {
  return onClaimedData({ mayMake: true }, async (settings, soleOwner) => {
    const { serve } = await loadServe();
    return serve(settings, { soleOwner, tell, stopRequests });
  });
}

async function startCommand(name: string, args: readonly string[]): Promise<number> {
  const { findCommand, help, mayMakeDatabase, runCommand } = await loadCommands();
  const command = findCommand(name);
  if (command === undefined) {
    tell(`There is no command "${name}".\n\n${help}`);
    return 2;
  }
  const mayMake = mayMakeDatabase(name);
  return onClaimedData({ mayMake }, (settings) => runCommand(settings, command, { args, mayMake, tell }));
}

async function onClaimedData(
  options: { mayMake: boolean },
  work: (settings: Settings, soleOwner: boolean) => Promise<number>,
): Promise<number> {
  const { readSettings } = await loadSettings();
  const read = readSettings({ ...environmentFile(), ...process.env });
  if (read.outcome === 'invalid') {
    tell(`Invalid settings:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}`);
    return 2;
  }
  const claim = await claimData(read.settings, options);
  if (claim.outcome === 'held') {
    tell(
      `The data in ${read.settings.DATA_DIR} is in use by ${claim.holder}; the embedded database serves one process at a time.\n` +
        'Stop that one first, or give this one another DATA_DIR; with DATABASE_URL, a PostgreSQL serves any number.',
    );
    return 1;
  }
  try {
    return await work(read.settings, claim.soleOwner);
  } finally {
    await claim.release();
  }
}

/** The settings of a file `.env` in this folder, if there is one. */
function environmentFile(): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return {};
    throw error;
  }
}

/** What went wrong, for a person: a stack only where the program itself is at fault. */
function explain(error: unknown): string {
  if (isDomainError(error)) {
    const faults = Object.entries(error.details.fieldErrors ?? {}).flatMap(([field, messages]) =>
      messages.map((message) => `\n  ${field}: ${message}`),
    );
    // The operator can act on what the database said, which callers of the API do not see.
    const { code, cause } = error;
    const reason = code === 'unavailable' && cause instanceof Error ? ` The reason: ${cause.message}.` : '';
    return error.message + reason + faults.join('');
  }
  if (isSetupError(error)) return error.message;
  if (!(error instanceof Error)) return String(error);
  if (isSystemError(error, 'EADDRINUSE')) {
    return 'That address is in use by another program. Choose another port, as in: PORT=8001 npm start';
  }
  const isEnvironmentAtFault = 'syscall' in error || isSystemError(error, 'ERR_PARSE_ARGS');
  return isEnvironmentAtFault ? error.message : (error.stack ?? error.message);
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith(code);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  tell(explain(error));
  process.exitCode = 1;
}
setTimeout(() => process.exit(), leftoversTimeoutMs).unref();
