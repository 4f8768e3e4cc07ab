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
    /** The folder of the template databases of this run. */
    templateFolder: string;
  }
}

const templateTimeoutMs = 120_000;

/** Provides a folder for template databases. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-template-'));
  project.provide('templateFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** Copies an empty embedded database to `directory`, because creating one takes seconds. */
export async function copyEmbedded(
  directory: string,
  { isMigrated }: { isMigrated: boolean },
): Promise<void> {
  await cp(isMigrated ? await migratedTemplate() : await emptyTemplate(), directory, { recursive: true });
}

function emptyTemplate(): Promise<string> {
  return createOnce('empty', async (directory) => {
    const pglite = await PGlite.create({ dataDir: directory });
    await pglite.close();
  });
}

function migratedTemplate(): Promise<string> {
  return createOnce('migrated', async (directory) => {
    await cp(await emptyTemplate(), directory, { recursive: true });
    const database = await pgliteDatabase(directory);
    await database.migrate(migrationsDirectory);
    await database.close();
  });
}

/** Returns the path of a template. The first test process creates it, and the others wait. */
async function createOnce(name: string, create: (directory: string) => Promise<void>): Promise<string> {
  const folder = inject('templateFolder');
  const [template, unfinished, claim] = [
    join(folder, name),
    join(folder, `${name}-unfinished`),
    join(folder, `${name}-claimed`),
  ];
  const isFirst = await mkdir(claim).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    await create(unfinished);
    await rename(unfinished, template);
  }
  return awaitUntil(`the ${name} template of the embedded databases is created`, templateTimeoutMs, () =>
    access(template).then(
      () => template,
      () => null,
    ),
  );
}
