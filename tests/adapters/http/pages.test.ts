import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPages } from '../../../src/adapters/http/pages/pages.js';
import { openEngine, type Engine } from './engines.js';
import { ask } from './requests.js';
import { testApi, type TestApi } from './test-api.js';

const contents = {
  'chat/index.html': '<!doctype html><title>chat</title>',
  'admin/index.html': '<!doctype html><title>admin</title>',
  'assets/page-abc.js': `console.log('${'long '.repeat(1000)}');`,
  'assets/page-abc.css': 'body { color: red }',
};
const script = '/assets/page-abc.js';

describe('the built pages', () => {
  let folder: string;
  let engine: Engine;
  let api: TestApi;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'metered-chat-pages-'));
    for (const [path, text] of Object.entries(contents)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    engine = await openEngine('memory');
    api = testApi(engine, { pages: readPages(pathToFileURL(`${folder}/`)) });
  });
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true });
  });

  test.each([
    ['/', 'chat/index.html'],
    ['/admin/', 'admin/index.html'],
    ['/admin', 'admin/index.html'],
  ] as const)('%s is the page %s, revalidated at every visit', async (path, file) => {
    const { status, text, headers } = await ask(api, 'GET', `${path}?anything`);
    expect([status, text]).toEqual([200, contents[file]]);
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(headers.get('Cache-Control')).toBe('no-cache');
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  test('an asset is cached for ever, since its name changes with its content', async () => {
    const { headers } = await ask(api, 'GET', script);
    expect(headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect((await ask(api, 'GET', '/assets/page-abc.css')).headers.get('Content-Type')).toContain('text/css');
  });

  test.each([
    [undefined, null],
    ['identity', null],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.1, gzip', 'br'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['gzip;q=0', null],
    ['nonsense;;;q=x,,', null],
  ])('a client that accepts %j gets the whole file encoded with %j', async (accepted, coding) => {
    const headers: Record<string, string> = accepted === undefined ? {} : { 'Accept-Encoding': accepted };
    const response = await api.app.request(script, { headers });
    expect(response.headers.get('Content-Encoding')).toBe(coding);
    expect(response.headers.get('Vary')).toContain('Accept-Encoding');
    const bytes = Buffer.from(await response.arrayBuffer());
    if (coding !== null) expect(bytes.byteLength).toBeLessThan(contents['assets/page-abc.js'].length / 10);
    const whole =
      coding === 'br' ? brotliDecompressSync(bytes) : coding === 'gzip' ? gunzipSync(bytes) : bytes;
    expect(whole.toString()).toBe(contents['assets/page-abc.js']);
  });

  test('HEAD returns the same headers without the content', async () => {
    for (const path of ['/', '/admin/', script]) {
      const response = await ask(api, 'HEAD', path);
      expect([response.status, response.text]).toEqual([200, '']);
      expect(response.headers.get('Content-Type')).not.toBeNull();
    }
  });

  test.each(['/', '/admin/', script])('%s accepts only GET and HEAD', async (path) => {
    const response = await ask(api, 'POST', path, { json: {} });
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
  });

  test.each([
    '/assets/',
    '/assets/nothing.js',
    '/assets/../chat/index.html',
    '/assets/..%2f..%2fpackage.json',
    '/chat/index.html',
    '/index.html',
    '/admin/nothing',
  ])('%s returns 404', async (path) => {
    const response = await ask(api, 'GET', path);
    expect(response.status).toBe(404);
    expect(response.body).toMatchObject({ code: 'not_found' });
  });

  const ofBrowsers = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

  test.each(['/nothing', '/admin/nothing', '/chat/', '/verify-email/'])(
    'browsers get a not-found page with a link home at %s',
    async (path) => {
      const response = await api.app.request(path, { headers: { Accept: ofBrowsers } });
      const text = await response.text();
      expect([response.status, response.headers.get('Content-Type')]).toEqual([
        404,
        'text/html; charset=utf-8',
      ]);
      expect(text).toContain('<a href="/">Go to the chat page</a>');
      expect(text).not.toMatch(/<style|style=|<script/i);
      const [, styles = ''] = /href="([^"]+\.css)"/.exec(text) ?? [];
      expect((await ask(api, 'GET', styles)).status).toBe(200);
      expect(response.headers.get('Content-Security-Policy')).not.toMatch(/script|unsafe|\*|https?:/);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
    },
  );

  test('a browser of German people gets the not-found page in German', async () => {
    const headers = { Accept: ofBrowsers, 'Accept-Language': 'de-AT,de;q=0.9,en;q=0.8' };
    const response = await api.app.request('/nothing', { headers });
    const text = await response.text();
    expect(text).toContain('<html lang="de">');
    expect(text).toContain('<h1>Seite nicht gefunden</h1>');
    expect(text).toContain('<a href="/">Zur Chat-Seite</a>');
    expect(response.headers.get('Vary')).toContain('Accept-Language');
  });

  test.each([
    ['/nothing', 'GET', '*/*'],
    ['/nothing', 'GET', 'application/json, text/html;q=0.5'],
    ['/nothing', 'GET', 'nonsense;;;q=x,,'],
    ['/nothing', 'POST', ofBrowsers],
    ['/api', 'GET', ofBrowsers],
    ['/api/nothing/', 'GET', ofBrowsers],
    ['/v1/nothing', 'GET', ofBrowsers],
    ['/health/nothing', 'GET', ofBrowsers],
    ['/metrics/nothing', 'GET', ofBrowsers],
  ])('a program gets a problem document for %s by %s with Accept: %s', async (path, method, accepted) => {
    const response = await api.app.request(path, { method, headers: { Accept: accepted } });
    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toMatch(/json$/);
  });

  test('an app without pages returns 404 at their paths', async () => {
    expect(readPages(pathToFileURL(`${folder}/nowhere/`))).toBeNull();
    const bare = testApi(engine);
    for (const path of ['/', '/admin/', script]) expect((await ask(bare, 'GET', path)).status).toBe(404);
  });
});
