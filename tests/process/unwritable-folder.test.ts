import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { killLeftovers, runCommand } from './server-process.js';

/** Permissions do not keep root from writing. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'metered-chat-unwritable-'));
  folder = join(parent, 'data');
  await mkdir(folder);
  await chmod(parent, 0o755);
  await chmod(folder, 0o555);
});

afterEach(async () => {
  await killLeftovers();
  await chmod(folder, 0o755);
  await rm(parent, { recursive: true });
});

test('a data folder that the user of the process may not write to is named with that user, without a stack', async () => {
  for (const args of [['serve'], ['migrate']]) {
    const environment = { DATA_DIR: folder, PORT: '0' };
    const { exitCode, output } = await runCommand(args, environment, isRoot ? { userId: nobody } : {});
    const user = isRoot ? nobody : process.getuid?.();
    expect(output).toContain(
      `The data folder ${folder} cannot be used: this user may not read and write there (the user id is ${user ?? ''}).`,
    );
    expect(output).not.toMatch(/EACCES|lock-| {4}at /);
    expect(exitCode).toBe(1);
  }
  expect(await readdir(folder)).toEqual([]);
});
