import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Builds the pages into `dist/web`: one HTML file each, and what they share under `assets`, named by its content. */
export default defineConfig({
  root: place('.'),
  // The server can be mounted below any path: scripts find each other by their own addresses.
  base: './',
  plugins: [react()],
  logLevel: 'warn',
  build: {
    outDir: place('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // The pages' policy lets no inline script and no data in place of a file.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The admin page is one of many screens, loaded by few.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: [place('chat/index.html'), place('admin/index.html')] },
  },
});
