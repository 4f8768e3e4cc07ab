import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import subsetFont from 'subset-font';
import { defineConfig, type Plugin } from 'vite';

/** Leaves out the fonts of KaTeX for browsers that cannot run the pages. */
const onlyWoff2: Plugin = {
  name: 'only-woff2',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('/katex/dist/') && id.endsWith('.css')
      ? code.replaceAll(/,\s*url\([^)]+\.(?:woff|ttf)\)\s*format\("?\w+"?\)/g, '')
      : null,
};

/** The characters of the Latin part of the type face, as its style sheet has them. */
const latin = [
  ...[
    [0x20, 0x7e],
    [0xa0, 0xff],
    [0x131, 0x131],
    [0x152, 0x153],
    [0x2bb, 0x2bc],
    [0x2c6, 0x2c6],
    [0x2da, 0x2da],
  ],
  ...[
    [0x2dc, 0x2dc],
    [0x304, 0x304],
    [0x308, 0x308],
    [0x329, 0x329],
    [0x2000, 0x206f],
    [0x20ac, 0x20ac],
  ],
  ...[
    [0x2122, 0x2122],
    [0x2191, 0x2191],
    [0x2193, 0x2193],
    [0x2212, 0x2212],
    [0x2215, 0x2215],
  ],
];

/** Leaves out the weights of the type face that no page uses, which are two fifths of it. */
const usedWeights: Plugin = {
  name: 'used-weights',
  async generateBundle(_, bundle) {
    const text = latin
      .flatMap(([first = 0, last = 0]) =>
        Array.from({ length: last - first + 1 }, (__, index) => first + index),
      )
      .map((code) => String.fromCodePoint(code))
      .join('');
    for (const file of Object.values(bundle)) {
      if (file.type !== 'asset' || !file.fileName.includes('inter-latin-wght-normal')) continue;
      file.source = await subsetFont(Buffer.from(file.source), text, {
        targetFormat: 'woff2',
        variationAxes: { wght: { min: 400, max: 700 } },
      });
    }
  },
};

/** Compresses the scripts and styles once, with the best quality, which takes too long when a browser waits. */
const compressed: Plugin = {
  name: 'compressed',
  async writeBundle({ dir = '' }, bundle) {
    const names = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
    for (const name of names) {
      const content = await readFile(join(dir, name));
      if (content.byteLength >= 5000) await writeFile(join(dir, `${name}.br`), await brotli(content));
    }
  },
};

const brotli = promisify(brotliCompress);

const resolve = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const pages = ['chat', 'admin'] as const;

/** All modules of each page, also those that it imports when they are used. */
const modules = { chat: new Set<string>(), admin: new Set<string>() };

const recordModules: Plugin = {
  name: 'record-modules',
  buildEnd() {
    for (const page of pages) {
      const found = modules[page].add(resolve(`${page}/main.tsx`));
      for (const id of found) {
        const { importedIds = [], dynamicallyImportedIds = [] } = this.getModuleInfo(id) ?? {};
        for (const imported of [...importedIds, ...dynamicallyImportedIds]) found.add(imported);
      }
    }
  },
};

/**
 * What the pages load at first: one file each, as dozens would each have headers. A file of one page starts that page, so all that
 * the other one may import is in a file of both.
 */
const firstChunks = [
  { name: 'common', priority: 2, test: (id: string) => pages.every((page) => modules[page].has(id)) },
  ...pages.map((page) => ({ name: page, priority: 1, test: (id: string) => modules[page].has(id) })),
].map((group) => ({ ...group, tags: ['$initial' as const] }));

/** Lets the chat page load the script that applies a chosen theme before the first paint, which modules come too late for. */
const themeAtLoad: Plugin = {
  name: 'theme-at-load',
  buildStart() {
    const source = readFileSync(resolve('account/theme-at-load.js'), 'utf8');
    this.emitFile({ type: 'asset', name: 'theme-at-load.js', source });
  },
  transformIndexHtml: {
    order: 'post',
    handler: (_, { path, bundle = {} }) => {
      if (path !== '/chat/index.html') return [];
      const script = Object.values(bundle).find(({ fileName }) => fileName.includes('theme-at-load'));
      if (script === undefined) throw new TypeError('The script of the theme was not built.');
      return [{ tag: 'script', attrs: { src: `../${script.fileName}` }, injectTo: 'head' }];
    },
  },
};

/** Builds the pages to `dist/web`: one HTML file for each, and the shared files in `assets`, named by their hash. */
export default defineConfig({
  root: resolve('.'),
  // The server can be mounted below any path, so scripts refer to each other by relative addresses.
  base: './',
  resolve: {
    // In the place of the router that react-admin brings, also in react-admin itself.
    alias: [
      { find: /^.*\/reactRouterProvider(\.js)?$/, replacement: resolve('admin/ui/declarative-router.ts') },
    ],
  },
  plugins: [onlyWoff2, recordModules, usedWeights, themeAtLoad, react(), compressed],
  logLevel: 'warn',
  build: {
    outDir: resolve('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // The content security policy of the pages allows no inline scripts and no data URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The administration page is large, and few users load it.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: [resolve('chat/index.html'), resolve('admin/index.html')],
      output: { codeSplitting: { groups: firstChunks } },
    },
  },
});
