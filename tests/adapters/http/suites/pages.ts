import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask } from '../requests.js';
import { testApi } from '../test-api.js';

const pages = ['/verify-email', '/reset-password', '/cancel-email-change'];
const files = [
  '/account/account.css',
  '/account/account.js',
  '/account/german.js',
  '/account/language.js',
  '/account/theme-at-load.js',
  '/account/verify-email.js',
  '/account/reset-password.js',
  '/account/cancel-email-change.js',
];

/** The pages that mails link to. */
export function pagesSuite(engine: OpenedEngine): void {
  describe('the pages of mails', () => {
    test.each([...pages, ...files])(
      '%s has a Content-Security-Policy that allows nothing else',
      async (path) => {
        const { status, headers } = await ask(testApi(engine()), 'GET', `${path}?token=mcp_secret`);
        expect(status).toBe(200);
        expect(headers.get('Content-Security-Policy')).toBe(
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; " +
            "base-uri 'none'; frame-ancestors 'none'",
        );
        expect(headers.get('Referrer-Policy')).toBe('no-referrer');
        expect(headers.get('Cache-Control')).toBe('no-store');
        expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      },
    );

    test.each(pages)(
      '%s has no inline script, style or handler, and refers to existing files',
      async (page) => {
        const api = testApi(engine());
        const { text, headers } = await ask(api, 'GET', page);
        expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
        expect(text).not.toMatch(/<style|style=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)/i);
        const linked = [...text.matchAll(/(?:src|href)="([^"]+\.(?:css|js))"/g)].map(
          ([, path]) => path ?? '',
        );
        expect(linked).toHaveLength(3);
        for (const path of linked) expect((await ask(api, 'GET', `/${path}`)).status).toBe(200);
      },
    );

    test('scripts and styles have their media types', async () => {
      const api = testApi(engine());
      const types = await Promise.all(
        files.map(async (path) => (await ask(api, 'GET', path)).headers.get('Content-Type')?.split(';')[0]),
      );
      expect(types).toEqual(['text/css', ...files.slice(1).map(() => 'text/javascript')]);
    });

    test.each([
      '/verify-email/',
      '/account/',
      '/account/nothing.js',
      '/account/../package.json',
      '/web/tsconfig.json',
    ])('%s returns 404', async (path) => {
      expect((await ask(testApi(engine()), 'GET', path)).status).toBe(404);
    });
  });
}
