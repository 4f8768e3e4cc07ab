import type { Database } from '../../src/adapters/postgres/database.js';
import { postgresLedgerAudit } from '../../src/adapters/postgres/ledger-audit.js';
import { pgliteDatabase } from '../../src/adapters/postgres/pglite-database.js';
import { pgliteDirectory } from '../../src/adapters/postgres/pglite-directory.js';
import { isSound, type LedgerAuditReport } from '../../src/domain/ledger/invariants.js';
import { postgresTestDatabase } from '../setup/databases.js';
import { freshDataFolder } from './data-folder.js';
import { runCommand, type Environment } from './server-process.js';

export type Engine = 'embedded' | 'PostgreSQL';

/** Where a server keeps its data in one test. */
export interface Storage {
  engine: Engine;
  /** The settings that point a server at it. */
  environment: Environment;
  /** Uses the database beside, or for the embedded one instead of, a server. */
  withDatabase<Result>(use: (database: Database) => Promise<Result>): Promise<Result>;
  remove(): Promise<void>;
}

/** An empty storage on an engine. */
export function storageOn(engine: Engine): Promise<Storage> {
  return engine === 'embedded' ? embeddedStorage() : postgresStorage();
}

async function embeddedStorage(): Promise<Storage> {
  const folder = await freshDataFolder();
  return {
    engine: 'embedded',
    environment: { DATA_DIR: folder },
    withDatabase: async (use) => {
      const database = await pgliteDatabase(pgliteDirectory(folder));
      try {
        return await use(database);
      } finally {
        await database.close();
      }
    },
    remove: () => Promise.resolve(),
  };
}

async function postgresStorage(): Promise<Storage> {
  const created = await postgresTestDatabase({ isMigrated: false });
  return {
    engine: 'PostgreSQL',
    environment: { DATABASE_URL: created.url },
    withDatabase: (use) => use(created.database),
    remove: () => created.drop(),
  };
}

/** What is wrong with the ledger, by the command and by the database itself; the lists are empty when it is sound. */
export async function ledgerFaults(
  storage: Pick<Storage, 'environment' | 'withDatabase'>,
): Promise<{ faults: string[]; overdueHolds: number }> {
  const { exitCode, output } = await runCommand(['ledger-verify'], storage.environment);
  const report: LedgerAuditReport = await storage.withDatabase((database) =>
    postgresLedgerAudit(database).inspect(),
  );
  const faults = [
    ...(exitCode === 0 ? [] : [`ledger-verify ended with ${exitCode}:\n${output}`]),
    ...(isSound(report) ? [] : [JSON.stringify(report.broken)]),
  ];
  return { faults, overdueHolds: report.overdueHolds };
}
