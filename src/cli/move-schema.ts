import type { Database } from '../adapters/postgres/database.js';
import { moveSchema } from '../adapters/postgres/move-schema.js';
import type { CommandResult, DatabaseCommand } from './command.js';
import { wrongUsage } from './usage.js';

/** The database is migrated in its present schema before. */
export const moveSchemaCommand: DatabaseCommand = {
  name: 'move-schema',
  parameters: 'SCHEMA',
  summary: 'moves all tables in PostgreSQL from DATABASE_SCHEMA to another schema',
  createsDatabase: false,
  runOn: move,
};

async function move(database: Database, args: readonly string[]): Promise<CommandResult> {
  const [target, ...surplus] = args;
  if (target === undefined || target.startsWith('-') || surplus.length > 0)
    return wrongUsage(moveSchemaCommand);
  if (database.isEmbedded === true) {
    const reason =
      'The embedded database has one schema: set DATABASE_URL to the PostgreSQL with the tables.';
    return { exitCode: 1, lines: [reason] };
  }
  const tables = await moveSchema(database, target);
  const next = `Set DATABASE_SCHEMA=${target} before the next start, which otherwise creates new tables.`;
  return { exitCode: 0, lines: [`Moved ${tables} tables from "${database.schema}" to "${target}". ${next}`] };
}
