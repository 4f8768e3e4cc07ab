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

/** Builds the pages to `dist/web`: one HTML file for each, and the shared files in `assets`, named by their hash. */
export default defineConfig({
  root: resolve('.'),
  // The server can be mounted below any path, so scripts refer to each other by relative addresses.
  base: './',
  plugins: [onlyWoff2, react()],
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
    rolldownOptions: { input: [resolve('chat/index.html'), resolve('admin/index.html')] },
  },
});
