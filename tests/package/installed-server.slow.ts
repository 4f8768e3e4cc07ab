import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packPackage, type PackedPackage } from './packed-package.js';

let packed: PackedPackage;
let root: string;
let folder: string;

beforeAll(async () => {
  packed = await packPackage();
  root = await mkdtemp(join(tmpdir(), 'metered-chat-npx-'));
  folder = join(root, 'empty');
  await mkdir(folder);
}, 120_000);
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
  await packed.remove();
});

/** What a run of the command printed, and the seconds that passed from its start until it was ready and had been used. */
interface Run {
  printed: string;
  readyAfter: string;
  usedAfter: string;
}

/** Runs `npx metered-chat` in the empty folder with a cache of its own, calls `use` with its URL, and interrupts it. */
async function withServer(use: (url: string) => Promise<void>): Promise<Run> {
  const command = ['--yes', '--package', packed.tarball, 'metered-chat'];
  const environment = {
    ...{ PATH: process.env['PATH'], HOME: root, PORT: '0' },
    npm_config_cache: join(root, 'cache'),
  };
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  // In a process group of its own, as in a terminal, where Ctrl-C reaches npx and the server.
  const server = spawn('npx', command, { cwd: folder, env: environment, detached: true });
  const signal = (name: NodeJS.Signals) => server.pid !== undefined && process.kill(-server.pid, name);
  const exited = once(server, 'exit');
  let printed = '';
  server.stderr.setEncoding('utf8');
  try {
    const url = await new Promise<string>((resolve, reject) => {
      server.stderr.on('data', (text: string) => {
        printed += text;
        const ready = /is ready at (http:\S+?)\. /.exec(printed)?.[1];
        if (ready !== undefined) resolve(ready);
      });
      void exited.then(() => {
        reject(new Error(`npx ended early: ${printed}`));
      });
    });
    const readyAfter = seconds();
    await use(url);
    const usedAfter = seconds();
    signal('SIGINT');
    await exited;
    // The server ends after npx if its own shutdown takes longer.
    await expect.poll(() => fetch(url).catch(() => null), { timeout: 30_000 }).toBeNull();
    return { printed, readyAfter, usedAfter };
  } finally {
    try {
      signal('SIGKILL');
    } catch {
      // Every process of the group has ended.
    }
  }
}

/** Runs curl as the README shows it. */
async function curl(...args: string[]): Promise<Record<string, unknown>> {
  const json = ['-s', '-H', 'Content-Type: application/json'];
  const { stdout } = await promisify(execFile)('curl', [...json, ...args]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

test('npx of the packed package serves the four requests in an empty folder, and again after a restart', async () => {
  const account = JSON.stringify({ username: 'jane_doe', password: 'StrongPass123!' });
  const chat = async (url: string, balance: number): Promise<void> => {
    const { token } = await curl(`${url}/api/login/`, '-d', account);
    const auth = ['-H', `Authorization: Token ${String(token)}`];
    expect(await curl(`${url}/api/chat/`, ...auth, '-d', '{"message": "Hello, AI!"}')).toMatchObject({
      ...{ response: 'Echo: Hello, AI!', remaining_tokens: balance },
    });
    expect(await curl(`${url}/api/tokens/`, ...auth)).toMatchObject({ tokens: balance });
  };
  const first = await withServer(async (url) => {
    expect(await curl(`${url}/api/register/`, '-d', account)).toMatchObject({
      message: 'User registered successfully.',
    });
    await chat(url, 3900);
    expect((await fetch(url)).headers.get('Content-Type')).toContain('text/html');
  });
  expect(first.printed).toContain('Creating the embedded database in ./data');
  expect(first.printed).toContain('There is no administrator yet. Open this link');
  expect(await readdir(folder)).toEqual(['data']);
  const second = await withServer((url) => chat(url, 3800));
  expect(second.printed).not.toContain('Creating the embedded database');
  const times = ({ readyAfter, usedAfter }: Run) => `ready after ${readyAfter} s, used after ${usedAfter} s`;
  console.info(
    `npx metered-chat: the first time, packages downloaded: ${times(first)} (goal 15 s); again: ${times(second)} (goal 3 s)`,
  );
}, 400_000);
