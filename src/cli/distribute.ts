import type { Database } from '../adapters/postgres/database.js';
import { distribute } from '../adapters/postgres/distribute.js';
import type { CommandResult, DatabaseCommand } from './command.js';
import { usageOf, wrongUsage } from './usage.js';

/** The database is migrated before. */
export const distributeCommand: DatabaseCommand = {
  name: 'distribute',
  parameters: '[--dry-run]',
  summary:
    'distributes the tables over the nodes of a Citus, by the id of the user; --dry-run only prints what it would do',
  createsDatabase: true,
  runOn: run,
};

async function run(database: Database, args: readonly string[]): Promise<CommandResult> {
  const isDryRun = args[0] === '--dry-run';
  if (args.length > (isDryRun ? 1 : 0)) return wrongUsage(distributeCommand);
  const { changes, unchanged } = await distribute(database, { isDryRun });
  return { exitCode: 0, lines: [...changes, summaryOf({ changed: changes.length, unchanged, isDryRun })] };
}

function summaryOf({
  changed,
  unchanged,
  isDryRun,
}: {
  changed: number;
  unchanged: number;
  isDryRun: boolean;
}): string {
  const present = unchanged === 0 ? '' : ` ${unchanged} tables are distributed already.`;
  if (changed === 0) return `Nothing is to be done.${present}`;
  if (isDryRun) {
    const command = usageOf({ ...distributeCommand, parameters: '' });
    return `Nothing was changed: ${command} would distribute ${changed} tables.${present}`;
  }
  return `Distributed ${changed} tables.${present} Restart the servers: they then send no statement for several users.`;
}
