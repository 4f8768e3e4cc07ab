import { createAdmin, createAdminUsage } from './create-admin.js';
import { grant, grantUsage } from './grant.js';
import { importDjango, importDjangoUsage } from './import-django.js';
import { ledgerVerify } from './ledger-verify.js';
import { processTerminal, type CommandResult } from './terminal.js';
import { usageOf } from './usage.js';
import { readDjangoDump } from '../adapters/django/read-dump.js';
import { composeCore, openDatabase } from '../server/compose.js';
import type { Core } from '../domain/core.js';
import { describeSettings, type Settings } from '../config/settings.js';

export type Command = (core: Core, args: readonly string[]) => Promise<CommandResult>;

const commands: Record<string, Command> = {
  migrate: () => Promise.resolve({ exitCode: 0, lines: ['The database is up to date.'] }),
  'create-admin': (core, args) => createAdmin(core, processTerminal(), args),
  grant,
  'ledger-verify': ledgerVerify,
  'import-django': (core, args) => importDjango(core, readDjangoDump, args),
};

/** Commands that may make a database where there is none. Any other one would only see an empty one. */
const makers = new Set(['migrate']);

/** Whether a command may make a database if there is none. */
export function mayMakeDatabase(name: string): boolean {
  return makers.has(name);
}

/** A command that came to send mails would have to wait for them before it ends. */
const refuseMails = () => {
  throw new TypeError('Commands send no mails.');
};
const noMail = { publicUrl: '', mailer: { post: refuseMails, forget: refuseMails } };

/** What `--help` prints. */
export const help = `Commands:
  ${usageOf('serve').replace('run serve', 'start').padEnd(29)} serves the API (this is it)
  ${usageOf('migrate').padEnd(29)} brings the database up to date
  ${createAdminUsage}
  ${grantUsage}
  ${importDjangoUsage}
  ${usageOf('ledger-verify').padEnd(29)} checks the ledger's invariants

Settings, from the environment or a file .env, with their defaults:

${describeSettings()}`;

/** The command of that name, or undefined. */
export function findCommand(name: string): Command | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

/** Runs a command over the database that the settings name; answers the code to exit with. */
export async function runCommand(
  settings: Settings,
  command: Command,
  options: { args: readonly string[]; mayMake: boolean; tell: (line: string) => void },
): Promise<number> {
  const progress = { tell: options.tell, warn: options.tell };
  const database = await openDatabase(settings, progress, { isMade: !options.mayMake });
  try {
    const { exitCode, lines } = await command(composeCore(settings, database, noMail), options.args);
    process.stdout.write(`${lines.join('\n')}\n`);
    return exitCode;
  } finally {
    await database.close();
  }
}
