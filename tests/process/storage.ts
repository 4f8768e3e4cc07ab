import { rm } from 'node:fs/promises';
import { afterEach, beforeEach } from 'vitest';
import type { Database } from '../../src/adapters/postgres/database.js';
import { postgresLedgerAudit } from '../../src/adapters/postgres/ledger-audit.js';
import { pgliteDatabase } from '../../src/adapters/postgres/pglite-database.js';
import { pgliteDirectory } from '../../src/adapters/postgres/pglite-directory.js';
import { isSound, type LedgerAuditReport } from '../../src/domain/ledger/invariants.js';
import { postgresTestDatabase } from '../setup/databases.js';
import { freshDataFolder } from './data-folder.js';
import { killProcesses, runCommand, type Environment } from './server-process.js';

export type Engine = 'embedded' | 'PostgreSQL';

/** Where a server keeps its data in one test. */
export interface Storage {
  engine: Engine;
  /** The settings that point a server to it. */
  environment: Environment;
  /** Uses the database: PostgreSQL beside a server, the embedded one only while no server runs. */
  withDatabase<Result>(use: (database: Database) => Promise<Result>): Promise<Result>;
  remove(): Promise<void>;
}

/** Creates an empty storage. */
export function storageOn(engine: Engine): Promise<Storage> {
  return engine === 'embedded' ? embeddedStorage() : postgresStorage();
}

/**
 * Creates an empty storage before each test. After each test, kills the processes that are left and removes the storage.
 * Returns a function that returns the storage of the current test.
 */
export function storagePerTest(
  engine: Engine,
  prepare: (storage: Storage) => Promise<unknown> = () => Promise.resolve(),
): () => Storage {
  let storage: Storage;
  beforeEach(async () => {
    storage = await storageOn(engine);
    await prepare(storage);
  });
  afterEach(async () => {
    try {
      await killProcesses();
    } finally {
      await storage.remove();
    }
  });
  return () => storage;
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
    remove: () => rm(folder, { recursive: true, force: true }),
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

/** The errors of the ledger that the command `ledger-verify` and the audit in the database find; empty if it is sound. */
export async function ledgerErrors(
  storage: Pick<Storage, 'environment' | 'withDatabase'>,
): Promise<{ errors: string[]; overdueHolds: number }> {
  const errors = await ledgerVerifyErrors(storage);
  const report: LedgerAuditReport = await storage.withDatabase((database) =>
    postgresLedgerAudit(database).inspect(),
  );
  if (!isSound(report)) errors.push(JSON.stringify(report.broken));
  return { errors, overdueHolds: report.overdueHolds };
}

/** The errors of the ledger that the command `ledger-verify` finds; empty if it is sound. */
export async function ledgerVerifyErrors({ environment }: Pick<Storage, 'environment'>): Promise<string[]> {
  const { exitCode, output } = await runCommand(['ledger-verify'], environment);
  return exitCode === 0 ? [] : [`ledger-verify ended with ${exitCode}:\n${output}`];
}
