import { spawn } from 'node:child_process';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const copied = [
  'tools/build.mjs',
  'tools/build-api-docs.mjs',
  'src/adapters/data-folder/folder-lock.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
  'web/vite.config.ts',
  'web/account/theme-at-load.js',
  'web/api-docs',
];
const page = '<!doctype html><title>A page</title><script type="module" src="./main.ts"></script>';
/** In place of the one that creates a database, which takes long. */
const databaseBuilder = `
  import { mkdirSync, writeFileSync } from 'node:fs';
  export async function buildDatabase(root) {
    mkdirSync(root + '/dist/packed-database', { recursive: true });
    writeFileSync(root + '/dist/packed-database/database', 'packed');
  }`;
const patienceMs = 300_000;

// A build takes seconds, and many more on a busy machine.
vi.setConfig({ testTimeout: 2 * patienceMs });

let root: string;

/** A small repository that is built by the script of this one. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'metered-chat-build-'));
  for (const path of copied) await cp(join(repository, path), join(root, path), { recursive: true });
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction');
  await write('src/main.ts', "export { value } from './value.js';\n");
  await write('src/value.ts', 'export const value: number = 42;\n');
  await write('tools/build-database.mjs', databaseBuilder);
  for (const name of ['chat', 'admin']) {
    await write(`web/${name}/index.html`, page);
    await write(`web/${name}/main.ts`, `document.title = '${name}';\n`);
  }
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

function start(args: readonly string[] = []) {
  const child = spawn(process.execPath, ['tools/build.mjs', ...args], { cwd: root });
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += `standard output: ${String(bytes)}`));
  child.stderr.on('data', (bytes: Buffer) => (said += String(bytes)));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, said });
    });
  });
  return { child, ended };
}

/** Builds, and returns the names of the steps that ran. */
async function build(args: readonly string[] = []): Promise<string[]> {
  const { code, said } = await start(args).ended;
  expect(code, said).toBe(0);
  return builtIn(said);
}

function builtIn(said: string): string[] {
  return [...said.matchAll(/^Building the (\w+)/gm)].map(([, name = '']) => name);
}

/** The outputs and their content. */
async function outputs(): Promise<Record<string, string>> {
  const entries = await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('.build'))
    .map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return Object.fromEntries(paths.map((path, index) => [path.slice(root.length), texts[index] ?? '']));
}

test('a build without changes builds nothing, and loads no compiler and no bundler', async () => {
  expect(await build()).toEqual(['program', 'pages', 'database']);
  const built = await outputs();
  expect(Object.keys(built)).toEqual(
    expect.arrayContaining(['/dist/main.js', '/dist/value.d.ts', '/dist/web/chat/index.html']),
  );
  const { mtimeMs } = await stat(join(root, 'dist/main.js'));
  await rm(join(root, 'node_modules'));
  await mkdir(join(root, 'node_modules'));
  await cp(
    join(repository, 'node_modules/.package-lock.json'),
    join(root, 'node_modules/.package-lock.json'),
  );
  expect(await start().ended).toEqual({ code: 0, said: '' });
  expect((await stat(join(root, 'dist/main.js'))).mtimeMs).toBe(mtimeMs);
});

test('changed sources are built, by content and not by modification time', async () => {
  await build();
  const longAgo = new Date(0);
  await utimes(join(root, 'src/value.ts'), longAgo, longAgo);
  expect(await build()).toEqual([]);
  // Of the same length and older than the build, as after a checkout.
  await write('src/value.ts', 'export const value: number = 41;\n');
  await utimes(join(root, 'src/value.ts'), longAgo, longAgo);
  expect(await build()).toEqual(['program']);
  expect((await outputs())['/dist/value.js']).toContain('41');
  await write('web/chat/main.ts', "document.title = 'another';\n");
  expect(await build()).toEqual(['pages']);
  expect(Object.values(await outputs()).join('\n')).toContain('another');
  expect(await build()).toEqual([]);
});

test('outputs of removed sources are deleted, and missing or changed outputs are rebuilt', async () => {
  await build();
  const built = await outputs();
  await rename(join(root, 'src/value.ts'), join(root, 'src/reply.ts'));
  await write('src/main.ts', "export { value } from './reply.js';\n");
  expect(await build()).toEqual(['program']);
  expect(Object.keys(await outputs()).filter((path) => path.includes('value'))).toEqual([]);
  await rename(join(root, 'src/reply.ts'), join(root, 'src/value.ts'));
  await write('src/main.ts', "export { value } from './value.js';\n");
  await build();
  expect(await outputs()).toEqual(built);

  await rm(join(root, 'dist/value.js'));
  expect(await build()).toEqual(['program']);
  await write('dist/left-by-another-version.js', '');
  expect(await build()).toEqual(['program']);
  await rm(join(root, 'dist/web/chat'), { recursive: true });
  expect(await build()).toEqual(['pages']);
  await rm(join(root, 'dist/packed-database'), { recursive: true });
  expect(await build()).toEqual(['database']);
  await write('dist/main.js', 'throw new Error();');
  expect(await build()).toEqual(['program']);
  expect(await outputs()).toEqual(built);
});

test('a build with an error fails until it is corrected', async () => {
  await build();
  await write('src/value.ts', "export const value: number = 'many';\n");
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { code, said } = await start().ended;
    expect(code).toBe(1);
    expect(said).toContain('value.ts');
    expect(said).toContain("Type 'string' is not assignable to type 'number'");
  }
  await write('src/value.ts', 'export const value: number = 43;\n');
  expect(await build()).toEqual(['program']);
  expect((await outputs())['/dist/value.js']).toContain('43');
});

test('the build after a killed one is complete', async () => {
  await build();
  const built = await outputs();
  await rm(join(root, 'dist'), { recursive: true });
  for (const seen of ['dist/value.js', 'dist/web/chat']) {
    const { child, ended } = start();
    await awaitUntil(`${seen} is there`, patienceMs, () =>
      stat(join(root, seen)).then(
        () => true,
        () => null,
      ),
    );
    child.kill('SIGKILL');
    await ended;
  }
  await build();
  expect(await outputs()).toEqual(built);
  expect(await build()).toEqual([]);
});

test('concurrent builds wait for the one that builds', async () => {
  const ends = await Promise.all(Array.from({ length: 4 }, () => start().ended));
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(ends.flatMap(({ said }) => builtIn(said))).toEqual(['program', 'pages', 'database']);
  expect(await build()).toEqual([]);
});

test('a clean build rebuilds everything', async () => {
  await build();
  expect(await build(['--clean'])).toEqual(['program', 'pages', 'database']);
  expect(await build()).toEqual([]);
});
