import { build } from 'esbuild';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packPackage, type PackedPackage, type Project } from './packed-package.js';

const packages = [
  ...['@node-rs/bcrypt', '@zxcvbn-ts/language-common', 'otplib', 'rate-limiter-flexible', 'uuid'],
  ...['eventsource-parser', 'hono', 'ipaddr.js', 'proxy-addr', 'valibot', '@valibot/to-json-schema'],
];

let packed: PackedPackage;
let project: Project;
beforeAll(async () => {
  packed = await packPackage();
  project = await packed.install(packages);
  const modules = join(project.folder, 'node_modules');
  await cp(join(modules, 'metered-chat'), join(modules, 'other-copy'), { recursive: true });
  // A third copy of the core, bundled and minified.
  const bundle = await build({
    stdin: { contents: `export * from 'metered-chat';`, resolveDir: project.folder },
    ...{ bundle: true, minify: true, treeShaking: true, format: 'esm', platform: 'node', write: false },
  });
  await writeFile(join(project.folder, 'bundled.mjs'), bundle.outputFiles[0]?.text ?? '');
});
afterAll(() => packed.remove());

/** Runs a program with the core of one copy and the API of another. Returns the JSON that it prints. */
async function run(core: string, program: string): Promise<unknown> {
  const printed = await project.run(`
    import { createCore, DomainError, isDomainError } from '${core}';
    import { DomainError as OtherError, isDomainError as isOther } from 'other-copy';
    import { echoModel } from 'other-copy/ai';
    import { mountableApp } from 'other-copy/http';
    import { memoryStores } from 'other-copy/memory';
    import { nodeAdapters } from 'other-copy/node';
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const ports = {
      ...memoryStores(), ...nodeAdapters({ bcryptCost: 10 }), models: [{ name: 'echo', model: echoModel() }],
    };
    const appOf = (more) => mountableApp({ core: createCore({ ...ports, ...more }), log });
    const send = async (app, path, body, headers = {}) => {
      const response = await app.fetch(new Request('http://api.test' + path, {
        method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers },
      }));
      return { status: response.status, headers: response.headers, body: await response.json() };
    };
    const jane = { username: 'jane_doe', password: 'StrongPass123!' };
    const signedIn = async (app) => {
      const { body } = await send(app, '/api/register/', jane);
      return { Authorization: 'Bearer ' + body.token };
    };
    const statusAndCode = ({ status, body }) => [status, body.code];
    ${program}
  `);
  return JSON.parse(printed);
}

describe.each([
  ['a second copy of the package', 'metered-chat'],
  ['a bundled and minified copy of the core', './bundled.mjs'],
])('errors of %s', (_, core) => {
  it('are recognised by each copy, although their classes differ', async () => {
    const recognised = `
      const [one, other] = [new DomainError('not_found', 'x'), new OtherError('not_found', 'x')];
      const foreign = [new Error('x'), { name: 'DomainError', code: 'not_found' }, null, undefined, 'not_found', 404];
      console.log(JSON.stringify([
        one instanceof OtherError, other instanceof DomainError,
        [one, other, one.with({ balance: 1 })].map((error) => [isDomainError(error), isOther(error), error.kind]),
        foreign.map((error) => isDomainError(error) || isOther(error)),
      ]));`;
    const all = [true, true, 'missing'];
    expect(await run(core, recognised)).toEqual([false, false, [all, all, all], Array(6).fill(false)]);
  });

  it('reach the client of the API with their status and code', async () => {
    const rejections = `
      const app = appOf({ policy: { startingCredits: 50 } });
      const headers = await signedIn(app);
      const stranger = await send(app, '/api/chat/', { message: 'x' }, { Authorization: 'Bearer mca_nothing' });
      console.log(JSON.stringify([
        statusAndCode(await send(app, '/api/register/', jane)),
        statusAndCode(await send(app, '/api/login/', { ...jane, password: 'WrongPass123!' })),
        statusAndCode(await send(app, '/api/chat/', { message: 'Hello' }, headers)),
        statusAndCode(stranger), stranger.headers.get('WWW-Authenticate'),
      ]));`;
    expect(await run(core, rejections)).toEqual([
      [409, 'username_taken'],
      [401, 'invalid_credentials'],
      [402, 'insufficient_tokens'],
      [401, 'unauthenticated'],
      'Bearer error="invalid_token"',
    ]);
  });

  it('that a model or a store of the other copy throws keep their codes in the core', async () => {
    const errors = `
      const model = { unsupported: [], reply() { throw new OtherError('provider_timeout', 'Late.'); } };
      const late = appOf({ models: [{ name: 'late', model, retries: 0 }] });
      const holdLedger = { ...ports.holdLedger, reserve() { return Promise.reject(new OtherError('unavailable', 'Down.')); } };
      const headers = await signedIn(late);
      console.log(JSON.stringify([
        statusAndCode(await send(late, '/api/chat/', { message: 'Hello' }, headers)),
        statusAndCode(await send(appOf({ holdLedger }), '/api/chat/', { message: 'Hello' }, headers)),
      ]));`;
    expect(await run(core, errors)).toEqual([
      [504, 'provider_timeout'],
      [503, 'unavailable'],
    ]);
  });

  it('have the status of their kind if the code is unknown, and are internal errors if the kind is unknown too', async () => {
    const unknown = `
      const newer = (kind) => Object.defineProperty(new DomainError('code_of_tomorrow', 'Not today.'), 'kind', { value: kind });
      const appThat = (error) => appOf({ conversationStore: { ...ports.conversationStore, recentExchanges: () => Promise.reject(error) } });
      const headers = await signedIn(appOf({}));
      const id = crypto.randomUUID();
      const results = [];
      for (const kind of ['conflict', 'forbidden', 'kind_of_tomorrow', 'constructor', undefined]) {
        const { status, body } = await send(appThat(newer(kind)), '/api/chat/', { message: 'x', conversation_id: id }, headers);
        results.push([status, body.code, body.detail === 'Not today.']);
      }
      console.log(JSON.stringify(results));`;
    expect(await run(core, unknown)).toEqual([
      [409, 'code_of_tomorrow', true],
      [403, 'code_of_tomorrow', true],
      [500, 'internal_error', false],
      [500, 'internal_error', false],
      [500, 'internal_error', false],
    ]);
  });
});
