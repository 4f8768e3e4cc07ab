import commonjsPlugin from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rollup, type Plugin } from 'rollup';
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
}, 240_000);
afterAll(async () => {
  await rm(output, { recursive: true, force: true });
  await packed.remove();
});

/** The packages that the program requires; the bundles contain them. */
const packages = ['@valibot/to-json-schema', 'hono', 'ipaddr.js', 'proxy-addr', 'valibot'];

/** The declarations of this package are those of its CommonJS format, where the plugin is a field. */
const commonjs = commonjsPlugin as unknown as () => Plugin;

/** What a bundler has written, and what it says about it. */
interface Bundle {
  file: string;
  warnings: unknown[];
  /** What the bundle imports from outside. */
  imports: string[];
}

async function withEsbuild(folder: string, minify: boolean): Promise<Bundle> {
  const file = join(output, `esbuild-${String(minify)}.mjs`);
  const { warnings, metafile } = await build({
    stdin: { contents: program, resolveDir: folder },
    ...{ bundle: true, platform: 'node', format: 'esm', outfile: file, minify, metafile: true },
    // Packages in CommonJS require modules of Node.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  const imports = Object.values(metafile.outputs).flatMap((file) => file.imports.map(({ path }) => path));
  return { file, warnings, imports };
}

async function withRollup(folder: string): Promise<Bundle> {
  const file = join(output, 'rollup.mjs');
  const input = join(folder, 'program.js');
  await writeFile(input, program);
  const warnings: unknown[] = [];
  const bundle = await rollup({
    input,
    plugins: [nodeResolve({ preferBuiltins: true }), commonjs()],
    onwarn: (warning) => warnings.push(warning),
  });
  const written = await bundle.write({ file, format: 'es', inlineDynamicImports: true });
  await bundle.close();
  return {
    file,
    warnings,
    imports: written.output.flatMap((chunk) => ('imports' in chunk ? chunk.imports : [])),
  };
}

describe('a bundle of the core, the stores in memory, the API and a metered model', () => {
  test.each([
    { bundler: 'esbuild', bundle: (folder: string) => withEsbuild(folder, false) },
    { bundler: 'esbuild, minified', bundle: (folder: string) => withEsbuild(folder, true) },
    { bundler: 'Rollup', bundle: withRollup },
  ])(
    'of $bundler runs in an empty folder with nothing external',
    async ({ bundle }) => {
      const { folder } = await packed.install(packages);
      const { file, warnings, imports } = await bundle(folder);
      expect(warnings).toEqual([]);
      expect(imports.filter((path) => !isBuiltin(path))).toEqual([]);
      const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: output });
      expect(stdout).toBe('200 3900\n');
    },
    240_000,
  );
});
