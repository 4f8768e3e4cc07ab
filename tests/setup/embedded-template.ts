import { PGlite } from '@electric-sql/pglite';
import { access, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { awaitUntil } from '../../src/testing/await-until.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder of this run's own, where whoever needs an embedded database first makes one for all. */
    templateFolder: string;
  }
}

const makingTimeoutMs = 120_000;

/** Gives the tests a folder for their template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-template-'));
  project.provide('templateFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** Puts an embedded database at `directory`, empty and not even migrated: a copy, because making one takes seconds. */
export async function copyEmbedded(directory: string): Promise<void> {
  await cp(await template(), directory, { recursive: true });
}

async function template(): Promise<string> {
  const folder = inject('templateFolder');
  const [made, making] = [join(folder, 'made'), join(folder, 'making')];
  const isFirst = await mkdir(making).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const pglite = await PGlite.create({ dataDir: making });
    await pglite.close();
    await rename(making, made);
    await mkdir(making);
  }
  return awaitUntil('the template of the embedded databases is made', makingTimeoutMs, () =>
    access(made).then(
      () => made,
      () => null,
    ),
  );
}
