import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';

const assets = new URL('../../dist/web/assets/', import.meta.url);

/** The bytes on the wire of the files of a kind that a page loads at first. */
function firstLoad(page: 'chat' | 'admin', kind: RegExp): number {
  const html = pageOf(page);
  const names = readdirSync(assets).filter((name) => kind.test(name) && html.includes(name));
  expect(names.length).toBeGreaterThan(0);
  const bytes = names.map((name) => brotliCompressSync(readFileSync(new URL(name, assets))).byteLength);
  return bytes.reduce((sum, each) => sum + each, 0);
}

test('the compressed scripts that the chat page loads at first are smaller than 200 KB', () => {
  expect(firstLoad('chat', /\.js$/)).toBeLessThan(200_000);
});

test('the compressed scripts that the administration loads at first are smaller than 210 KB, and its type face than 32 KB', () => {
  expect(firstLoad('admin', /\.js$/)).toBeLessThan(210_000);
  const face = readdirSync(assets).filter((name) => /^inter-latin-wght-normal-.*\.woff2$/.test(name));
  expect(face.map((name) => statSync(new URL(name, assets)).size < 32_000)).toEqual([true]);
});

test('no script of one page loads the first script of the other, which would start that page', () => {
  const pages = ['chat', 'admin'] as const;
  const filesOf = Object.fromEntries(pages.map((page) => [page, reached(page)]));
  for (const page of pages) {
    const [first = ''] = [...(filesOf[page] ?? [])].filter((name) => isEntry(page, name));
    expect(first).toMatch(new RegExp(`^${page}-`));
    const other = page === 'chat' ? 'admin' : 'chat';
    expect(filesOf[other]?.has(first)).toBe(false);
  }
});

/** Whether a page names a script itself. */
function isEntry(page: string, name: string): boolean {
  return name.startsWith(`${page}-`) && pageOf(page).includes(name);
}

function pageOf(page: string): string {
  return readFileSync(new URL(`../${page}/index.html`, assets), 'utf8');
}

/** The scripts that a page loads, at first or later. */
function reached(page: string): ReadonlySet<string> {
  const found = new Set(scriptsIn(pageOf(page)));
  for (const name of found)
    for (const imported of scriptsIn(readFileSync(new URL(name, assets), 'utf8'))) found.add(imported);
  return found;
}

function scriptsIn(content: string): string[] {
  return [...content.matchAll(/[\w-]+\.js(?=["'`])/g)]
    .map(([name]) => name)
    .filter((name) => existsSync(new URL(name, assets)));
}
