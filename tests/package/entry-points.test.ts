import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packPackage, repository, type PackedPackage } from './packed-package.js';

/** All entry points, with the packages that each requires. */
const entryPoints: Record<string, readonly string[]> = {
  '.': [],
  './memory': [],
  './ai': ['eventsource-parser'],
  './ai-sdk': [],
  './testing': ['expect', 'uuid'],
  './node': [
    '@node-rs/bcrypt',
    '@zxcvbn-ts/language-common',
    'ipaddr.js',
    'otplib',
    'rate-limiter-flexible',
    'uuid',
  ],
  './http': ['@valibot/to-json-schema', 'hono', 'ipaddr.js', 'proxy-addr', 'valibot'],
  './client': ['openapi-fetch'],
  './mail': ['nodemailer'],
  './oidc': [],
  './payments': [],
  './postgres': [
    'pg',
    'pg-connection-string',
    'postgres-array',
    'postgres-migrations',
    'rate-limiter-flexible',
  ],
};

let packed: PackedPackage;
beforeAll(async () => {
  packed = await packPackage();
});
afterAll(() => packed.remove());

describe('the entry points of the package', () => {
  it('are the exports of package.json', () => {
    const { exports } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      exports: Record<string, unknown>;
    };
    const data = ['./package.json', './metering-vectors.json'];
    expect(Object.keys(exports).sort()).toEqual([...Object.keys(entryPoints), ...data].sort());
  });

  for (const [entryPoint, packages] of Object.entries(entryPoints)) {
    it(`${entryPoint} requires ${packages.join(', ') || 'no other package'}`, async () => {
      const project = await packed.install(packages);
      const name = entryPoint.replace('.', 'metered-chat');
      const names = await project.run(`console.log(Object.keys(await import('${name}')).length)`);
      expect(Number(names)).toBeGreaterThan(0);
    });
  }

  it('the core and the stores in memory work without Node', async () => {
    const { folder } = await packed.install([]);
    const bundled = await build({
      stdin: { contents: browserProgram, resolveDir: folder },
      bundle: true,
      platform: 'browser',
      format: 'iife',
      write: false,
    });
    const sandbox = createContext({ AbortController, DOMException });
    runInContext(bundled.outputFiles[0]?.text ?? '', sandbox);
    expect(await runInContext('conversation', sandbox)).toBe('Hello, browser 3900');
  });
});

const browserProgram = `
  import { createCore } from 'metered-chat';
  import { memoryStores } from 'metered-chat/memory';

  let last = 0;
  const model = {
    unsupported: [],
    async *reply() {
      yield { type: 'text', text: 'Hello, browser' };
      yield { type: 'finish', reason: 'stop', usage: null };
    },
  };
  const noTimer = () => () => undefined;
  const core = createCore({
    ...memoryStores(),
    ids: { next: () => '00000000-0000-7000-8000-' + String(++last).padStart(12, '0'), at: () => '' },
    secrets: { random: () => 'random', digest: (text) => text },
    clock: { now: () => new Date(), every: noTimer, after: noTimer },
    models: [{ name: 'own', model }],
  });
  globalThis.conversation = core.users.adopt({ foreignId: 'user-1' }).then(async ({ id: userId }) => {
    const { reply, balance } = await core.chat.send({ userId, message: 'Hello' });
    return reply + ' ' + balance;
  });
`;
