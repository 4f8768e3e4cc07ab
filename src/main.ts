#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { createAdmin, createAdminUsage } from './adapters/cli/create-admin.js';
import { grant, grantUsage } from './adapters/cli/grant.js';
import { ledgerVerify } from './adapters/cli/ledger-verify.js';
import { processTerminal, type CommandResult } from './adapters/cli/terminal.js';
import { claimData, composeCore, openDatabase } from './compose.js';
import type { Core } from './domain/core.js';
import { DomainError } from './domain/errors.js';
import { serve } from './serve.js';
import { describeSettings, readSettings, type Settings } from './settings.js';

type Command = (core: Core, args: readonly string[]) => Promise<CommandResult>;

const commands: Record<string, Command> = {
  migrate: () => Promise.resolve({ exitCode: 0, lines: ['The database is up to date.'] }),
  'create-admin': (core, args) => createAdmin(core, processTerminal(), args),
  grant,
  'ledger-verify': ledgerVerify,
};

const help = `Commands:
  npm start                     serves the API (this is it)
  npm run migrate               brings the database up to date
  ${createAdminUsage}
  ${grantUsage}
  npm run ledger:verify         checks the ledger's invariants

Settings, from the environment or a file .env, with their defaults:

${describeSettings()}`;

/** Progress and messages go to standard error; standard output is for the log and for what was asked. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main([name = 'serve', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || args.includes('--help')) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const command = commands[name];
  if (command === undefined && name !== 'serve') {
    tell(`There is no command "${name}".\n\n${help}`);
    return 2;
  }
  const read = readSettings({ ...environmentFile(), ...process.env });
  if (read.outcome === 'invalid') {
    tell(`The settings are wrong:\n${read.faults.map((fault) => `  ${fault}`).join('\n')}`);
    return 2;
  }
  return onClaimedData(read.settings, async (soleOwner) => {
    if (command !== undefined) return runCommand(read.settings, command, args);
    await serve(read.settings, { soleOwner, tell });
    return 0;
  });
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

async function onClaimedData(
  settings: Settings,
  work: (soleOwner: boolean) => Promise<number>,
): Promise<number> {
  const claim = await claimData(settings);
  if (claim.outcome === 'held') {
    tell(
      `The data in ${settings.DATA_DIR} is in use by ${claim.holder}; the embedded database serves one process at a time.\n` +
        'Stop that one first, or give this one another DATA_DIR; with DATABASE_URL, a PostgreSQL serves any number.',
    );
    return 1;
  }
  try {
    return await work(claim.soleOwner);
  } finally {
    await claim.release();
  }
}

async function runCommand(settings: Settings, command: Command, args: readonly string[]): Promise<number> {
  const database = await openDatabase(settings, { tell, warn: tell });
  try {
    const { exitCode, lines } = await command(composeCore(settings, database), args);
    process.stdout.write(`${lines.join('\n')}\n`);
    return exitCode;
  } finally {
    await database.close();
  }
}

/** What went wrong, for a person: a stack only where the program itself is at fault. */
function explain(error: unknown): string {
  if (error instanceof DomainError) {
    const faults = Object.entries(error.details.faults ?? {}).flatMap(([field, messages]) =>
      messages.map((message) => `\n  ${field}: ${message}`),
    );
    return error.message + faults.join('');
  }
  if (isSystemError(error, 'EADDRINUSE')) {
    return 'That address is in use by another program. Choose another port, as in: PORT=8001 npm start';
  }
  if (isSystemError(error, 'ERR_PARSE_ARGS')) return (error as Error).message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
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
