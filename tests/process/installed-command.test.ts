import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storageOn } from './storage.js';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

let folder: string;

/** A symbolic link, as in the container image. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metered-chat-command-'));
  await symlink(program, join(folder, 'metered-chat'));
});

afterAll(() => rm(folder, { recursive: true }));

function meteredChat(args: readonly string[], environment: Record<string, string> = {}) {
  return run(join(folder, 'metered-chat'), args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
  });
}

test('the command metered-chat runs in any folder, and its help shows its name', async () => {
  const { stdout } = await meteredChat(['--help']);
  expect(stdout).toMatch(/^ {2}metered-chat serve\n +serves/m);
  for (const name of [
    'migrate',
    'create-admin',
    'grant',
    'import-django',
    'ledger-verify',
    'prove-overspend',
  ]) {
    expect(stdout).toMatch(new RegExp(`^  metered-chat ${name}\\b`, 'm'));
  }
  expect(stdout).not.toContain('npm run');
});

test('the command metered-chat uses the database of the environment variables', async () => {
  const storage = await storageOn('PostgreSQL');
  await meteredChat(['migrate'], storage.environment);
  const { stdout, stderr } = await meteredChat(['ledger-verify'], storage.environment);
  expect(stdout).toContain('holds');
  expect(stderr).toContain('Connecting to PostgreSQL');
  await storage.remove();
});
