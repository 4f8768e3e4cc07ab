import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';

const assets = new URL('../../dist/web/assets/', import.meta.url);

test('the compressed script of the chat page is smaller than 200 KB', () => {
  const html = readFileSync(new URL('../chat/index.html', assets), 'utf8');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js') && html.includes(name));
  const bytes = scripts.map((name) => brotliCompressSync(readFileSync(new URL(name, assets))).byteLength);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(200_000);
});
