import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packPackage, repository, type PackedPackage, type Project } from './packed-package.js';

let packed: PackedPackage;
let project: Project;
let folder: string;

beforeAll(async () => {
  packed = await packPackage();
  const { dependencies } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  project = await packed.install(Object.keys(dependencies));
  folder = await mkdtemp(join(tmpdir(), 'metered-chat-empty-'));
}, 120_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await packed.remove();
});

/** Runs the command of the package without arguments in the empty folder, and calls `use` with its URL. */
async function withServer(use: (url: string) => Promise<void>): Promise<string> {
  const command = join(project.folder, 'node_modules/metered-chat/dist/main.js');
  const environment = { PATH: process.env['PATH'], PORT: '0' };
  const server = spawn(process.execPath, [command], { cwd: folder, env: environment });
  let printed = '';
  server.stderr.setEncoding('utf8');
  try {
    let url: string | undefined;
    while (url === undefined) {
      const [text] = (await once(server.stderr, 'data')) as [string];
      printed += text;
      url = /is ready at (http:\S+?)\. /.exec(printed)?.[1];
    }
    server.stderr.on('data', (text: string) => {
      printed += text;
    });
    await use(url);
    server.kill('SIGTERM');
    expect((await once(server, 'exit'))[0]).toBe(0);
  } finally {
    server.kill('SIGKILL');
  }
  return printed;
}

/** Runs curl as the README shows it. */
async function curl(...args: string[]): Promise<Record<string, unknown>> {
  const json = ['-s', '-H', 'Content-Type: application/json'];
  const { stdout } = await promisify(execFile)('curl', [...json, ...args]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

test('the command of the package serves the four requests in an empty folder, and again after a restart', async () => {
  const account = JSON.stringify({ username: 'jane_doe', password: 'StrongPass123!' });
  const printed = await withServer(async (url) => {
    expect(await curl(`${url}/api/register/`, '-d', account)).toMatchObject({
      message: 'User registered successfully.',
    });
    const { token } = await curl(`${url}/api/login/`, '-d', account);
    const auth = ['-H', `Authorization: Token ${String(token)}`];
    expect(await curl(`${url}/api/chat/`, ...auth, '-d', '{"message": "Hello, AI!"}')).toMatchObject({
      ...{ response: 'Echo: Hello, AI!', remaining_tokens: 3900 },
    });
    expect(await curl(`${url}/api/tokens/`, ...auth)).toMatchObject({ tokens: 3900 });
    expect((await fetch(url)).headers.get('Content-Type')).toContain('text/html');
  });
  expect(printed).toContain('Creating the embedded database in ./data');
  expect(printed).toContain('There is no administrator yet. Open this link');
  expect(await readdir(folder)).toEqual(['data']);
  const again = await withServer(async (url) => {
    const { token } = await curl(`${url}/api/login/`, '-d', account);
    const auth = ['-H', `Authorization: Token ${String(token)}`];
    expect(await curl(`${url}/api/tokens/`, ...auth)).toMatchObject({ tokens: 3900 });
  });
  expect(again).not.toContain('Creating the embedded database');
}, 300_000);
