import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
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

const resolve = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const pages = ['chat', 'admin'] as const;

/** The modules that each page imports, also through others, but for those that it imports when they are used. */
const imports = { chat: new Set<string>(), admin: new Set<string>() };

const recordImports: Plugin = {
  name: 'record-imports',
  buildEnd() {
    for (const page of pages) {
      const found = imports[page].add(resolve(`${page}/main.tsx`));
      for (const id of found)
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
    }
  },
};

/** What the pages load at first as one file each, and one that both load; dozens of files would each have headers. */
const firstChunks = [
  { name: 'common', priority: 2, test: (id: string) => pages.every((page) => imports[page].has(id)) },
  ...pages.map((page) => ({ name: page, priority: 1, test: (id: string) => imports[page].has(id) })),
].map((group) => ({ ...group, tags: ['$initial' as const] }));

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
  plugins: [onlyWoff2, recordImports, react()],
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
