import { PGlite } from '@electric-sql/pglite';
import { access, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { pgliteDatabase } from '../../src/adapters/postgres/pglite-database.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { migrationsDirectory } from './migrations-directory.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder of this run's own, where whoever needs an embedded database first makes one for all to copy. */
    templateFolder: string;
  }
}

const makingTimeoutMs = 120_000;

/** Gives the tests a folder for their templates. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-template-'));
  project.provide('templateFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** Puts an embedded database with nothing in it at `directory`: a copy, because making one takes seconds. */
export async function copyEmbedded(
  directory: string,
  { isMigrated }: { isMigrated: boolean },
): Promise<void> {
  await cp(isMigrated ? await migratedTemplate() : await emptyTemplate(), directory, { recursive: true });
}

function emptyTemplate(): Promise<string> {
  return madeOnce('empty', async (directory) => {
    const pglite = await PGlite.create({ dataDir: directory });
    await pglite.close();
  });
}

function migratedTemplate(): Promise<string> {
  return madeOnce('migrated', async (directory) => {
    await cp(await emptyTemplate(), directory, { recursive: true });
    const database = await pgliteDatabase(directory);
    await database.migrate(migrationsDirectory);
    await database.close();
  });
}

/** Where a template is; whoever needs it first makes it, and the others wait. */
async function madeOnce(name: string, make: (directory: string) => Promise<void>): Promise<string> {
  const folder = inject('templateFolder');
  const [made, making, claim] = [
    join(folder, name),
    join(folder, `${name}-making`),
    join(folder, `${name}-claimed`),
  ];
  const isFirst = await mkdir(claim).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    await make(making);
    await rename(making, made);
  }
  return awaitUntil(`the ${name} template of the embedded databases is made`, makingTimeoutMs, () =>
    access(made).then(
      () => made,
      () => null,
    ),
  );
}
