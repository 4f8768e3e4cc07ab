import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, watchedPage } from '../../pages/browser.js';
import { chromiumPath } from '../../pages/chromium.js';
import { startTestServer, type TestServer } from './test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer('memory');
});
afterAll(() => server.close());

describe('the API documentation page', () => {
  it('is served with all its files and a policy without inline scripts', async () => {
    const page = await fetch(`${server.url}/api/docs/`);
    expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    const [scripts] = /script-src [^;]*/.exec(page.headers.get('Content-Security-Policy') ?? '') ?? [];
    expect(scripts).toBe("script-src 'self'");
    expect(html).not.toMatch(/<script(?![^>]* src=)/);
    const files = [...html.matchAll(/(?:src|href)="([\w-]+\.(?:js|css))"/g)].map(([, name = '']) => name);
    expect(files.length).toBe(3);
    for (const name of files) {
      const file = await fetch(new URL(name, page.url));
      expect(file.status, name).toBe(200);
      expect(file.headers.get('Content-Type'), name).toMatch(/^text\/(javascript|css)/);
    }
  });

  it('redirects from the path without its trailing slash', async () => {
    expect((await fetch(`${server.url}/api/docs`)).url).toBe(`${server.url}/api/docs/`);
  });

  it.runIf(chromiumPath() !== null)(
    'shows the operations and tries them, without other servers',
    async () => {
      const browser = await openBrowser();
      try {
        // The page first opens the root, which does not exist here.
        const expects = /status of 404/;
        const { page, pageErrors, close } = await watchedPage(browser, server.url, { expects });
        await page.goto(`${server.url}/api/docs/`);
        await page.locator('#operations-Operations-isLive').click();
        await page.locator('#operations-Operations-isLive .execute').click();
        const response = page
          .locator('#operations-Operations-isLive .live-responses-table .microlight')
          .first();
        await response.waitFor();
        expect(await response.textContent()).toContain('"live"');
        expect(pageErrors).toEqual([]);
        await close();
      } finally {
        await browser.close();
      }
    },
  );
});
