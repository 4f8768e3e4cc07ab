import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from '../../src/adapters/data-folder/folder-lock.js';
import { killProcesses, runCommand } from './server-process.js';

/** Root can write regardless of permissions, so the programs run as this user. */
const unprivilegedUserId = 65_534;
const isRoot = process.getuid?.() === 0;

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'metered-chat-unwritable-'));
  folder = join(parent, 'data');
  await mkdir(folder);
  await chmod(parent, 0o755);
});

afterEach(async () => {
  await killProcesses();
  await chmod(folder, 0o755);
  await rm(parent, { recursive: true });
});

async function expectUnwritable(): Promise<void> {
  await chmod(folder, 0o555);
  for (const args of [['serve'], ['migrate']]) {
    const environment = { DATA_DIR: folder, PORT: '0' };
    const { exitCode, output } = await runCommand(
      args,
      environment,
      isRoot ? { userId: unprivilegedUserId } : {},
    );
    const user = isRoot ? unprivilegedUserId : process.getuid?.();
    expect(output).toContain(
      `The data folder ${folder} cannot be used: this user cannot read and write it (the user id is ${user ?? ''}).`,
    );
    expect(output).not.toMatch(/EACCES|lock-| {4}at /);
    expect(exitCode).toBe(1);
  }
}

test('the error about a data folder without write permission has the path and the user id, without a stack trace', async () => {
  await expectUnwritable();
  expect(await readdir(folder)).toEqual([]);
});

test('the error is the same if the folder has the lock of an ended server of another user', async () => {
  const lock = await lockFolder(folder, 'a server');
  if (lock.outcome === 'locked') await lock.release();
  const left = await readdir(folder);
  expect(left).toEqual(['lock-1.holder', 'lock-1.sock']);
  await chmod(join(folder, 'lock-1.sock'), 0);
  await expectUnwritable();
  expect(await readdir(folder)).toEqual(left);
});
