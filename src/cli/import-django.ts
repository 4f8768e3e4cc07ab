import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readDjangoDump } from '../adapters/django/read-dump.js';
import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import type { Rejection } from '../domain/import/account-source.js';
import type { ImportReport } from '../domain/import/import-accounts.js';
import type { Command, CommandResult } from './command.js';
import { wrongUsage } from './usage.js';

export const importDjangoCommand: Command = {
  name: 'import-django',
  parameters: 'DUMP.json [--user-model LABEL] [--balance-field NAME] [--chat-model LABEL] …',
  summary: 'imports the accounts of a Django project',
  createsDatabase: false,
  run: importDjango,
};

/** Options that name the models and fields of the dump. */
const layoutOptions = [
  ...(['user-model', 'balance-field', 'chat-model', 'message-field'] as const),
  ...(['response-field', 'time-field', 'token-model', 'user-field'] as const),
];

/** The most reasons that are listed for one account. */
const maxReasons = 10;

/**
 * Imports the accounts of a file that Django's `dumpdata` wrote. The exit code is 1 if some could not be imported; they are
 * listed with the reasons.
 */
async function importDjango(core: Core, args: readonly string[]): Promise<CommandResult> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(layoutOptions.map((name) => [name, { type: 'string' as const }])),
    allowPositionals: true,
  });
  const [path, ...surplus] = positionals;
  if (path === undefined || surplus.length > 0) return wrongUsage(importDjangoCommand);
  const bytes = await readFile(path).catch(
    (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown',
  );
  if (typeof bytes === 'string') return { exitCode: 1, lines: [`${path} cannot be read (${bytes}).`] };
  const reading = readDjangoDump(bytes, values);
  if (reading.outcome === 'rejected') return { exitCode: 1, lines: reading.reasons };
  const report = await core.admin.importAccounts({ caller: operatorCaller, records: reading.records });
  return {
    exitCode: report.rejected.length === 0 ? 0 : 1,
    lines: [
      ...reading.notes,
      ...summaryLines(report),
      ...derivedLines(report.derivedUsernames ?? []),
      ...rejectedLines(report.rejected),
    ],
  };
}

function summaryLines({ accounts, credits, chats, authTokens, alreadyImported }: ImportReport): string[] {
  const imported = `${count(accounts, 'account')} with ${credits} tokens, ${count(chats, 'chat')} and ${count(authTokens, 'auth token')}`;
  return [
    `Imported ${imported}.`,
    ...(alreadyImported === 0 ? [] : [`${count(alreadyImported, 'account')} had been imported before.`]),
  ];
}

function derivedLines(derived: NonNullable<ImportReport['derivedUsernames']>): string[] {
  if (derived.length === 0) return [];
  const lines = derived.map(({ label, username }) => `  ${label}: ${username}`);
  return ['These accounts had no username. Their owners sign in with their email address, or as:', ...lines];
}

function rejectedLines(rejected: readonly Rejection[]): string[] {
  if (rejected.length === 0) return [];
  const lines = rejected.map(({ label, reasons }) => `  ${label}: ${summarize(reasons)}`);
  return ['These accounts could not be imported:', ...lines];
}

function summarize(reasons: readonly string[]): string {
  const more = reasons.length - maxReasons;
  return reasons.slice(0, maxReasons).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
