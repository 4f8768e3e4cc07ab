import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask } from '../requests.js';
import { testApi } from '../test-api.js';

const listed = 'https://app.example.com';
const preflight = (origin: string) => ({
  Origin: origin,
  'Access-Control-Request-Method': 'POST',
  'Access-Control-Request-Headers': 'authorization,content-type',
});

/** Requests from pages of other origins (CORS). */
export function crossOriginSuite(engine: OpenedEngine): void {
  describe('a page of another origin', () => {
    test('gets no CORS headers if no origins are listed', async () => {
      const api = testApi(engine());
      const preflighted = await ask(api, 'OPTIONS', '/api/chat/', { headers: preflight(listed) });
      expect(preflighted.status).toBe(405);
      const response = await ask(api, 'GET', '/health/live', { headers: { Origin: listed } });
      for (const { headers } of [preflighted, response]) {
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      }
    });

    test('that is listed may call the API, without credentials, and read errors too', async () => {
      const api = testApi(engine(), { corsOrigins: [listed, 'http://localhost:3000'] });
      const preflighted = await ask(api, 'OPTIONS', '/api/chat/', { headers: preflight(listed) });
      expect(preflighted.status).toBe(204);
      expect(preflighted.headers.get('Access-Control-Allow-Origin')).toBe(listed);
      expect(preflighted.headers.get('Access-Control-Allow-Methods')).toContain('POST');
      expect(preflighted.headers.get('Access-Control-Allow-Headers')).toContain('Authorization');
      expect(preflighted.headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key');
      expect(preflighted.headers.get('Access-Control-Allow-Credentials')).toBeNull();
      expect(preflighted.headers.get('X-Request-Id')).not.toBeNull();
      for (const path of ['/health/live', '/api/tokens/', '/api/nothing/', '/api/tokens/%FF']) {
        const response = await ask(api, 'GET', path, { headers: { Origin: listed } });
        expect(response.headers.get('Access-Control-Allow-Origin')).toBe(listed);
        expect(response.headers.get('Access-Control-Expose-Headers')).toContain('X-Request-Id');
        expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull();
        expect(response.headers.get('Vary')).toContain('Origin');
      }
    });

    test.each([
      'https://evil.example.com',
      'http://app.example.com',
      'https://app.example.com.evil',
      'null',
      '*',
      '',
      'HTTPS://APP.EXAMPLE.COM',
    ])('that is not listed gets no CORS headers: %j', async (origin) => {
      const api = testApi(engine(), { corsOrigins: [listed] });
      const preflighted = await ask(api, 'OPTIONS', '/api/chat/', { headers: preflight(origin) });
      const response = await ask(api, 'GET', '/health/live', { headers: { Origin: origin } });
      expect(preflighted.headers.get('Access-Control-Allow-Origin')).toBeNull();
      expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    });
  });
}
