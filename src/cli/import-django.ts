import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import type { Rejection, SourceReading } from '../domain/import/account-source.js';
import type { ImportReport } from '../domain/import/import-accounts.js';
import type { CommandResult } from './terminal.js';
import { usageOf } from './usage.js';

export const importDjangoUsage = usageOf(
  'import-django',
  'DUMP.json [--user-model LABEL] [--balance-field NAME] [--chat-model LABEL] …',
);

/** How the person at the terminal says what is what in a dump. */
const layoutOptions = [
  ...([
    'user-model',
    'balance-field',
    'chat-model',
    'message-field',
    'response-field',
    'time-field',
  ] as const),
  ...(['token-model', 'user-field'] as const),
];

/** As many as are said of one account. */
const maxReasons = 10;

type DumpOptions = Partial<Record<(typeof layoutOptions)[number], string>>;
type ReadDump = (bytes: Uint8Array, options: DumpOptions) => SourceReading;

/**
 * Takes in the accounts of a Django project from a file of its `dumpdata`. Ends with 0 when all are here, with 1 when
 * some could not come; those are named, each with its reasons.
 */
export async function importDjango(
  core: Core,
  readDump: ReadDump,
  args: readonly string[],
): Promise<CommandResult> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(layoutOptions.map((name) => [name, { type: 'string' as const }])),
    allowPositionals: true,
  });
  const [path, ...surplus] = positionals;
  if (path === undefined || surplus.length > 0)
    return { exitCode: 2, lines: [`Usage: ${importDjangoUsage}`] };
  const bytes = await readFile(path).catch(
    (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown',
  );
  if (typeof bytes === 'string') return { exitCode: 1, lines: [`${path} cannot be read (${bytes}).`] };
  const reading = readDump(bytes, values);
  if (reading.outcome === 'rejected') return { exitCode: 1, lines: reading.reasons };
  const report = await core.admin.importAccounts({ caller: operatorCaller, records: reading.records });
  return {
    exitCode: report.rejected.length === 0 ? 0 : 1,
    lines: [
      ...reading.notes,
      ...summaryOf(report),
      ...derivedLines(report.derivedUsernames ?? []),
      ...refusalLines(report.rejected),
    ],
  };
}

function summaryOf({ accounts, credits, chats, authTokens, alreadyImported }: ImportReport): string[] {
  const came = `${count(accounts, 'account')} with ${credits} tokens, ${count(chats, 'chat')} and ${count(authTokens, 'auth token')}`;
  return [
    `Imported ${came}.`,
    ...(alreadyImported === 0 ? [] : [`${count(alreadyImported, 'account')} came with an earlier import.`]),
  ];
}

function derivedLines(derived: NonNullable<ImportReport['derivedUsernames']>): string[] {
  if (derived.length === 0) return [];
  const lines = derived.map(({ label, username }) => `  ${label}: ${username}`);
  return ['These had no username of their own. They sign in by their email, or as:', ...lines];
}

function refusalLines(refused: readonly Rejection[]): string[] {
  if (refused.length === 0) return [];
  return ['These could not come:', ...refused.map(({ label, reasons }) => `  ${label}: ${listed(reasons)}`)];
}

function listed(reasons: readonly string[]): string {
  const unsaid = reasons.length - maxReasons;
  return reasons.slice(0, maxReasons).join('; ') + (unsaid > 0 ? `; and ${unsaid} more` : '');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
