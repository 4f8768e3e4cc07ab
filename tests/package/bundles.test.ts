import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packPackage, type PackedPackage } from './packed-package.js';

/** An app that uses the core, the stores in memory, the API and a metered model. */
const program = `
import { createCore } from 'metered-chat';
import { meteredModel } from 'metered-chat/ai-sdk';
import { mountableApp } from 'metered-chat/http';
import { memoryStores } from 'metered-chat/memory';

let last = 0;
const ids = { next: () => \`01890000-0000-7000-8000-\${String((last += 1)).padStart(12, '0')}\` };
const clock = { now: () => new Date(), every: () => () => undefined, after: () => () => undefined };
const digest = (text) => text;
const model = { unsupported: [], async *reply() { yield { type: 'finish', reason: 'stop', usage: null }; } };
const core = createCore({ ...memoryStores(clock), ids, clock, secrets: { digest }, models: [{ name: 'm', model }] });
const { id: userId } = await core.users.adopt({ foreignId: 'ada' });
const app = mountableApp({ core, identify: () => ({ foreignId: 'ada' }) });
if ((await mountableApp({ core }).request('/api/tokens/')).status !== 401) throw new Error('Not served.');
const metered = meteredModel(
  {
    ...{ specificationVersion: 'v3', provider: 'p', modelId: 'm', supportedUrls: {} },
    doGenerate: async () => ({ content: [], finishReason: { unified: 'stop', raw: 'stop' }, usage: {} }),
    doStream: async () => ({ stream: new ReadableStream() }),
  },
  { core, userId },
);
await metered.doGenerate({ prompt: [] });
const response = await app.request('/api/tokens/');
console.log(response.status, (await response.json()).tokens);
`;

let packed: PackedPackage;
let output: string;
beforeAll(async () => {
  packed = await packPackage();
  output = await mkdtemp(join(tmpdir(), 'metered-chat-bundle-'));
});
afterAll(async () => {
  await rm(output, { recursive: true, force: true });
  await packed.remove();
});

describe('a bundle of the core, the stores in memory, the API and a metered model', () => {
  test.each([false, true])('runs in an empty folder with nothing external (minified: %s)', async (minify) => {
    const packages = ['@valibot/to-json-schema', 'hono', 'ipaddr.js', 'proxy-addr', 'valibot'];
    const { folder } = await packed.install(packages);
    const outfile = join(output, `app-${String(minify)}.mjs`);
    const bundled = await build({
      stdin: { contents: program, resolveDir: folder },
      ...{ bundle: true, platform: 'node', format: 'esm', outfile, minify, metafile: true },
      // Packages in CommonJS require modules of Node.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
    expect(bundled.warnings).toEqual([]);
    const imports = Object.values(bundled.metafile.outputs).flatMap((file) => file.imports);
    expect(imports.filter(({ path }) => !/^(node:|[a-z_]+$)/.test(path))).toEqual([]);
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], { cwd: output });
    expect(stdout).toBe('200 3900\n');
  });
});
