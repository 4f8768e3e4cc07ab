import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresTestDatabase } from '../setup/databases.js';
import { packPackage, repository, type PackedPackage, type Project } from './packed-package.js';

/** The packages that the examples require, directly or through metered-chat. */
const packages = [
  ...[
    '@node-rs/bcrypt',
    '@zxcvbn-ts/language-common',
    'otplib',
    'rate-limiter-flexible',
    'uuid',
    'hono',
    'proxy-addr',
  ],
  ...[
    'eventsource-parser',
    'ipaddr.js',
    'valibot',
    '@valibot/to-json-schema',
    'openapi-fetch',
    '@hono/node-server',
    'fastify',
    'express',
    '@types/express',
    'libsql',
    'drizzle-orm',
    'pg',
    '@types/pg',
    'pg-connection-string',
    'postgres-array',
    'postgres-migrations',
    'expect',
    '@ai-sdk/provider',
    '@types/node',
  ],
];

let packed: PackedPackage;
let project: Project;
let sources: string[];

beforeAll(async () => {
  packed = await packPackage();
  project = await packed.install(packages);
  await cp(join(repository, 'examples'), project.folder, { recursive: true });
  sources = (await readdir(project.folder)).filter((name) => name.endsWith('.ts'));
  // The declarations of Drizzle do not pass the check of declarations.
  const withDrizzle = 'drizzle-transaction.ts';
  const others = sources.filter((name) => name !== withDrizzle);
  expect(await project.compile([...others, 'sqlite-store/sqlite-stores.test.ts'])).toBe('');
  expect(await project.compile([withDrizzle], ['--skipLibCheck', 'true'])).toBe('');
}, 300_000);
afterAll(() => packed.remove());

/** Runs an example to its end with lines as its input. Returns the lines that it printed. */
async function run(
  name: string,
  input: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<string[]> {
  const program = start(name, environment);
  program.stdin?.end(input.map((line) => `${line}\n`).join(''));
  const lines: string[] = [];
  if (program.stdout === null) throw new TypeError('The program has no output.');
  for await (const line of createInterface({ input: program.stdout })) lines.push(line);
  return lines;
}

function start(name: string, more: Record<string, string> = {}): ChildProcess {
  const environment = { PATH: process.env['PATH'], PORT: '0', ...more };
  return spawn(process.execPath, [`${name}.js`], {
    cwd: project.folder,
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Runs an example that is a server, and calls `use` with its URL. */
async function withServer(name: string, use: (url: string) => Promise<void>): Promise<void> {
  const program = start(name);
  try {
    if (program.stdout === null) throw new TypeError('The program has no output.');
    const [url] = (await once(createInterface({ input: program.stdout }), 'line')) as [string];
    await use(url);
  } finally {
    program.kill();
  }
}

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

describe('the examples, compiled and run with the packed package', () => {
  it('have less than 60 lines each', async () => {
    for (const name of sources) {
      const lines = (await readFile(join(project.folder, name), 'utf8')).trimEnd().split('\n');
      expect(lines.length, name).toBeLessThan(60);
    }
  });

  it('the SQLite stores pass the contract suites with the test runner of Node', async () => {
    const tests = 'sqlite-store/sqlite-stores.test.js';
    const { stdout } = await promisify(execFile)(process.execPath, ['--test', tests], {
      cwd: project.folder,
    });
    expect(stdout).toMatch(/^# pass [1-9]\d+$/m);
    expect(stdout).toContain('# fail 0');
  });

  it('ten-lines registers, chats and reads the balance, and is in the README', async () => {
    expect(await run('ten-lines')).toEqual(['Echo: Hello, AI! { balance: 3900, held: 0 }']);
    const example = await readFile(join(repository, 'examples/ten-lines.ts'), 'utf8');
    expect(example.trimEnd().split('\n')).toHaveLength(10);
    expect(await readFile(join(repository, 'README.md'), 'utf8')).toContain(example);
  });

  it('the image that the README adds to these ten lines is charged once, with five lines at most', async () => {
    const readme = await readFile(join(repository, 'README.md'), 'utf8');
    const blocks = [...readme.matchAll(/```ts\n([^`]*)```/g)].map(([, code = '']) => code);
    const image = blocks.find((code) => code.includes("action: 'image.generate'")) ?? '';
    expect(image.trimEnd().split('\n').length).toBeLessThanOrEqual(5);
    const program = await readFile(join(project.folder, 'ten-lines.js'), 'utf8');
    await writeFile(join(project.folder, 'image-of-the-readme.js'), program + image);
    expect((await run('image-of-the-readme')).at(-1)).toBe('40 3860');
  });

  it('metered-image charges once for each order, and by what an image cost', async () => {
    const lines = await run('metered-image');
    expect(lines).toContain('order 1 { charged: 40, balance: 3960, replayed: true }');
    expect(lines).toContain('A lighthouse { charged: 12, balance: 3948 }');
    expect(lines.at(-1)).toBe('grant 4000 null null null');
  });

  it('custom-model is called, charged and closed', async () => {
    expect(await run('custom-model')).toEqual([
      '1 to 2 be 3 or 4 not  { input: 4, cachedInput: 0, cacheWrite: 0, output: 8, reasoning: 0 }',
      'provider_failed',
      '{ balance: 3900, held: 0 }',
    ]);
  });

  it('custom-price has prices by message and by usage', async () => {
    const lines = await run('custom-price');
    expect(lines).toContain('short: 1 credits, 3999 left');
    expect(lines).toContain('essay: 60 credits, 3939 left');
    expect(lines.at(-1)).toBe("[ 'charge -60', 'charge -1', 'grant 4000' ]");
  });

  it('drizzle-transaction rolls back every second order with its grant, in 500 rounds with concurrent chats', async () => {
    const { url, drop } = await postgresTestDatabase({ isMigrated: false });
    const printed = await run('drizzle-transaction', [], { DATABASE_URL: url, ROUNDS: '500' });
    await drop();
    expect(printed).toEqual([
      '{"paid":250,"failed":250,"chats":500,"orders":250,"balance":79000,"held":0}',
      'true true',
    ]);
  });

  it('terminal-chat ends when the credits are spent', async () => {
    expect(await run('terminal-chat', ['one', 'two', 'three', 'four', 'five'])).toEqual([
      ...['Echo: one', '(200 credits left)', 'Echo: two', '(100 credits left)'],
      ...['Echo: three', '(0 credits left)', 'The balance is too low: 0 available, 100 required.'],
    ]);
  });

  it('hono-app serves the API under a prefix, and its own routes', () =>
    withServer('hono-app', async (api) => {
      expect(await (await fetch(new URL('/', api))).text()).toBe('The shop.');
      const registered = await post(`${api}register/`, { username: 'jane_doe', password: 'StrongPass123!' });
      expect(registered.status).toBe(201);
      expect(registered.headers.get('Cache-Control')).toBe('no-store');
      const { token } = (await registered.json()) as { token: string };
      const said = await post(`${api}chat/`, { message: 'Hello' }, { Authorization: `Bearer ${token}` });
      expect(await said.json()).toMatchObject({ response: 'Echo: Hello', remaining_tokens: 3900 });
      expect((await fetch(new URL('../verify-email', api))).status).toBe(200);
      expect((await fetch(new URL('/api/tokens/', api))).status).toBe(404);
    }));

  for (const host of ['express-app', 'fastify-app']) {
    it(`${host} parses bodies itself, and serves the API below a path`, () =>
      withServer(host, async (api) => {
        expect(await (await fetch(new URL('/', api))).text()).toBe('The shop.');
        const account = { username: 'jane_doe', password: 'StrongPass123!' };
        const registered = await post(`${api}register/`, account);
        expect(registered.status).toBe(201);
        const { token } = (await registered.json()) as { token: string };
        const auth = { Authorization: `Bearer ${token}` };
        const said = await post(`${api}chat/`, { message: 'Hello' }, auth);
        expect(await said.json()).toMatchObject({ response: 'Echo: Hello', remaining_tokens: 3900 });
        const streamed = await post(`${api}chat/`, { message: 'Hello', stream: true }, auth);
        expect(await streamed.text()).toContain('event: done');
        const page = { 'Sec-Fetch-Site': 'same-origin' };
        const inCookies = await post(`${api}login/`, { ...account, cookie: true }, page);
        expect(inCookies.headers.getSetCookie().join()).toContain('Path=/assistant/api/session/');
        expect((await fetch(new URL('../verify-email', api))).status).toBe(200);
        expect((await fetch(new URL('/api/tokens/', api))).status).toBe(404);
      }));
  }

  it('typed-client registers, chats, reads its history, and gets an error if the balance is too low', async () => {
    expect(await run('typed-client')).toEqual([
      'Echo: Hello, typed world! (50 tokens left)',
      'insufficient_tokens: 50 of 100 tokens',
      'completed: Hello, typed world!',
    ]);
  });

  it('fastify-service charges the users of its own user table', () =>
    withServer('fastify-service', async (url) => {
      const ask = (key: string) => post(`${url}/questions`, { question: 'Why?' }, { 'X-Service-Key': key });
      expect(await (await ask('key-of-ada')).json()).toEqual({
        response: 'Echo: Why?',
        charged: 100,
        balance: 150,
      });
      expect((await ask('key-of-ada')).status).toBe(200);
      const rejected = await ask('key-of-ada');
      expect([rejected.status, await rejected.json()]).toEqual([
        402,
        { error: 'insufficient_credits', balance: 50, required: 100 },
      ]);
      const balance = await fetch(`${url}/balance`, { headers: { 'X-Service-Key': 'key-of-bob' } });
      expect(await balance.json()).toEqual({ balance: 250, held: 0 });
      expect((await ask('an unknown key')).status).toBe(401);
    }));
});
