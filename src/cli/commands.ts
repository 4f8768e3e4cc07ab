import { describeSettings, type Settings } from '../config/read-settings.js';
import { composeCore } from '../server/compose.js';
import { openDatabase } from '../server/database.js';
import type { Command, CommandResult, DatabaseCommand, StandaloneCommand } from './command.js';
import { createAdminCommand } from './create-admin.js';
import { distributeCommand } from './distribute.js';
import { grantCommand } from './grant.js';
import { resetFactorsCommand } from './reset-factors.js';
import { importDjangoCommand } from './import-django.js';
import { ledgerVerifyCommand } from './ledger-verify.js';
import { migrateCommand } from './migrate.js';
import { moveSchemaCommand } from './move-schema.js';
import { proveOverspendCommand } from './prove-overspend.js';
import { usageOf } from './usage.js';

const commands: readonly (Command | DatabaseCommand | StandaloneCommand)[] = [
  migrateCommand,
  moveSchemaCommand,
  distributeCommand,
  createAdminCommand,
  grantCommand,
  resetFactorsCommand,
  importDjangoCommand,
  ledgerVerifyCommand,
  proveOverspendCommand,
];

const serve = { name: 'serve', parameters: '', summary: 'serves the API and the pages (the default)' };

/** The text of `--help`. */
export const help = `Commands:

${[serve, ...commands].map((command) => `  ${usageOf(command)}\n      ${command.summary}`).join('\n')}

Settings, from the environment or a file .env, with their defaults:

${describeSettings()}`;

export function findCommand(name: string): Command | DatabaseCommand | StandaloneCommand | undefined {
  return commands.find((command) => command.name === name);
}

const throwOnMail = () => {
  throw new TypeError('Commands send no mails.');
};
/** A command that sent mails would have to wait for them before it ends. */
const noMail = { publicUrl: '', mailer: { post: throwOnMail, forget: throwOnMail } };

/** Runs a command on the database of the settings. Returns the exit code. */
export async function runCommand(
  settings: Settings,
  command: Command | DatabaseCommand,
  args: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const progress = { info: print, warn: print };
  const database = await openDatabase(settings, progress, { mustExist: !command.createsDatabase });
  try {
    const { exitCode, lines }: CommandResult =
      'runOn' in command
        ? await command.runOn(database, args)
        : await command.run(composeCore(settings, database, noMail), args);
    lines.forEach(printResult);
    return exitCode;
  } finally {
    await database.close();
  }
}

/** Runs a command that uses no database. Returns the exit code. */
export async function runStandalone(command: StandaloneCommand, args: readonly string[]): Promise<number> {
  const { exitCode, lines } = await command.run(args, printResult);
  lines.forEach(printResult);
  return exitCode;
}

function printResult(line: string): void {
  process.stdout.write(`${line}\n`);
}
