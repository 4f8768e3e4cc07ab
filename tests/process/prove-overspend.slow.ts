import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call, logIn, register } from './api-client.js';
import { startLeakyGateway, type LeakyGateway } from './leaky-gateway.js';
import { runCommand, startServer, type ServerProcess } from './server-process.js';
import { freePort } from '../setup/free-port.js';
import { storagePerTest, type Engine, type Storage } from './storage.js';

const password = 'StrongPass123!';
const adapter = fileURLToPath(new URL('leaky-gateway-adapter.js', import.meta.url));

/** Runs the command without any settings, as on the machine of a stranger. */
function prove(...args: string[]) {
  return runCommand(['prove-overspend', ...args], {});
}

async function createAdmin({ environment }: Storage): Promise<void> {
  await runCommand(['migrate'], environment);
  const args = ['create-admin', '--username', 'root', '--email', '', '--password-stdin'];
  await runCommand(args, environment, { input: `${password}\n` });
}

async function keyOf(url: string, username: string): Promise<string> {
  const { authToken } = await logIn(url, username);
  const { body } = await call<{ key: string }>(url, '/api/keys/', { authToken, body: { name: 'overspend' } });
  return body.key;
}

/** Starts servers whose model is the one that the command serves. */
async function startServers(
  storage: Storage,
  count: number,
): Promise<{ servers: ServerProcess[]; port: string }> {
  const port = String(await freePort());
  const environment = {
    ...storage.environment,
    AI_PROVIDER: 'openai-compatible',
    AI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    AI_MODEL: 'test',
  };
  const servers = await Promise.all(Array.from({ length: count }, () => startServer(environment)));
  return { servers, port };
}

describe.each<{ engine: Engine; count: number }>([
  { engine: 'embedded', count: 1 },
  { engine: 'PostgreSQL', count: 2 },
])('against metered-chat on $engine with servers: $count', ({ engine, count }) => {
  const storage = storagePerTest(engine, createAdmin);

  test('prove-overspend finds nothing overspent, and erases its accounts', async () => {
    const { servers, port } = await startServers(storage(), count);
    const [server] = servers;
    if (server === undefined) throw new TypeError('There is no server.');
    const key = await keyOf(server.url, 'root');
    const urls = servers.flatMap(({ url }) => ['--url', url]);
    const { exitCode, output } = await prove(...urls, '--key', key, '--model', 'test', '--serve-model', port);
    expect(output).toContain('A request costs 100 tokens');
    for (const [number, budget] of [[1, 100], [2, 200], [4, 3000], ...(count === 2 ? [[5, 100]] : [])]) {
      expect(output).toMatch(
        new RegExp(`^ok +${number}\\. .*\\n +there were ${budget} tokens, \\d+ were spent, 0 beyond; `, 'm'),
      );
    }
    expect(output).toMatch(/1\. a balance for one request, 200 at once\n.* 1 completed, 199 refused$/m);
    expect(output).toContain(`Nothing was overspent; ${count === 2 ? 5 : 4} of 5 cases ran.`);
    expect(exitCode).toBe(0);
    const { body } = await call<{ results: { username: string | null }[] }>(server.url, '/api/admin/users/', {
      authToken: key,
    });
    expect(body.results.filter(({ username }) => username?.startsWith('overspend_'))).toEqual([]);
  });
});

describe('on PostgreSQL', () => {
  const storage = storagePerTest('PostgreSQL', createAdmin);

  test('prove-overspend explains a wrong key, a key of a user, a missing model and a rate limit', async () => {
    const server = await startServer({ ...storage().environment, RATE_LIMIT: 'on' });
    await register(server.url, 'jane_doe');
    const [rootKey, userKey] = [await keyOf(server.url, 'root'), await keyOf(server.url, 'jane_doe')];
    const url = ['--url', server.url];
    const runs: [string[], string][] = [
      [['--key', 'mck_wrong'], 'rejects the key (401)'],
      [['--key', userKey], 'belongs to jane_doe, who is no administrator'],
      [['--key', rootKey, '--model', 'missing'], 'There is no model of this name.'],
      [['--key', rootKey], 'HTTP 429'],
    ];
    for (const [args, reason] of runs) {
      const { exitCode, output } = await prove(...url, ...args);
      expect(output).toContain(reason);
      expect(output).not.toContain('    at ');
      expect(exitCode).toBe(2);
    }
  });
});

describe('with an adapter', () => {
  let gateway: LeakyGateway;
  let folder: string;

  beforeEach(async () => {
    gateway = await startLeakyGateway();
    folder = await mkdtemp(join(tmpdir(), 'metered-chat-adapter-'));
  });

  afterEach(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  test('prove-overspend exits with 1 and says how much was overspent if balances are checked before and charged after', async () => {
    const { url } = gateway;
    const run = await prove('--url', url, '--url', url, '--key', 'open sesame', '--adapter', adapter);
    expect(run.output).toContain('A request costs 7 coins');
    for (const number of [1, 2, 3, 4, 5])
      expect(run.output).toMatch(new RegExp(`^OVERSPENT +${number}\\. `, 'm'));
    // 200 requests of 7 coins, of which one was paid for.
    expect(run.output).toContain(
      'there were 7 coins, 1400 were spent, 1393 beyond; 200 completed, 0 refused',
    );
    expect(run.output).toMatch(/^OVERSPENT by \d+ coins; 5 of 5 cases ran\.$/m);
    expect(run.exitCode).toBe(1);
  });

  test('prove-overspend prints what the adapter says about a wrong key', async () => {
    const run = await prove('--url', gateway.url, '--key', 'wrong', '--adapter', adapter);
    expect(run).toMatchObject({ exitCode: 2, output: 'The key is not "open sesame".\n' });
  });

  test.each([
    ['export const name = 1;', 'It has no default export that is an object.'],
    ['export default { name: "x", unit: "y" };', 'Its "connect" must be a function.'],
    ['export default {', 'cannot be loaded: '],
  ])('prove-overspend explains what is wrong with the adapter %j', async (text, reason) => {
    const file = join(folder, 'adapter.mjs');
    await writeFile(file, text);
    const run = await prove('--url', gateway.url, '--key', 'any', '--adapter', file);
    expect(run.output).toContain(reason);
    expect(run.exitCode).toBe(2);
  });

  test('prove-overspend explains a balance that is too small, and a price of nothing', async () => {
    const runs = [
      ['openAccount: () => a.openAccount(1)', 'The balance is too small'],
      [
        'openAccount: async () => ({ ...(await a.openAccount(null)), readSpent: async () => 0 })',
        'so that nothing can be overspent',
      ],
    ];
    for (const [override = '', reason = ''] of runs) {
      const file = join(folder, `${override.length}.mjs`);
      const original = `import adapter from ${JSON.stringify(adapter)};`;
      const connect = `connect: async (server) => { const a = await adapter.connect(server); return { ${override} }; }`;
      await writeFile(file, `${original}\nexport default { ...adapter, ${connect} };`);
      const run = await prove('--url', gateway.url, '--key', 'open sesame', '--adapter', file);
      expect(run.output).toContain(reason);
      expect(run.exitCode).toBe(2);
    }
  });
});

test('prove-overspend explains a server that cannot be reached', async () => {
  const run = await prove('--url', `http://127.0.0.1:${await freePort()}`, '--key', 'any');
  expect(run.output).toContain('cannot be reached (ECONNREFUSED). Start the server, or correct --url.');
  expect(run.exitCode).toBe(2);
});
