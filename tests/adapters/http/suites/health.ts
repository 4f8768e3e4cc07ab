import { describe, expect, test } from 'vitest';
import { startingApp } from '../../../../src/adapters/http/app.js';
import type { OpenedEngine } from '../api-suites.js';
import { checkedApp } from '../checked-app.js';
import { ask } from '../requests.js';
import { linesLog, testApi } from '../test-api.js';

/** The health endpoints for load balancers. */
export function healthSuite(engine: OpenedEngine): void {
  describe('health', () => {
    test('is live and ready in normal operation', async () => {
      const api = testApi(engine());
      expect(await ask(api, 'GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
      expect(await ask(api, 'GET', '/health/ready')).toMatchObject({
        status: 200,
        body: { status: 'ready' },
      });
    });

    test('is live but not ready while the database is unavailable', async () => {
      const api = testApi(engine(), {
        ping: () => Promise.reject(new Error('the password of the database')),
      });
      const response = await ask(api, 'GET', '/health/ready');
      expect(response).toMatchObject({ status: 503, text: '{"status":"database unavailable"}' });
      expect(response.headers.get('Retry-After')).toBe('1');
      expect((await ask(api, 'GET', '/health/live')).status).toBe(200);
    });

    test('is live but not ready while the server is draining, and follows its state', async () => {
      const lifecycle: { state: 'ready' | 'draining' } = { state: 'ready' };
      const api = testApi(engine(), { lifecycle });
      expect((await ask(api, 'GET', '/health/ready')).status).toBe(200);
      lifecycle.state = 'draining';
      expect(await ask(api, 'GET', '/health/ready')).toMatchObject({
        status: 503,
        body: { status: 'draining' },
      });
      expect((await ask(api, 'GET', '/health/live')).status).toBe(200);
    });

    test('is live but not ready while the server starts, and everything else is 503', async () => {
      const app = checkedApp(startingApp(linesLog(engine().logLines), () => 'an-id'));
      const api = { app, engine: engine() };
      expect((await ask(api, 'GET', '/health/live/')).status).toBe(200);
      const ready = await ask(api, 'GET', '/health/ready');
      expect(ready).toMatchObject({ status: 503, body: { status: 'starting' } });
      expect(ready.headers.get('Retry-After')).toBe('1');
      for (const [method, path] of [
        ['GET', '/api/tokens/'],
        ['POST', '/api/register/'],
        ['GET', '/'],
      ] as const) {
        const response = await ask(api, method, path);
        expect(response).toMatchObject({
          status: 503,
          body: { code: 'unavailable', title: 'Service Unavailable' },
        });
        expect(response.headers.get('Retry-After')).toBe('1');
        expect(response.headers.get('X-Request-Id')).toBe('an-id');
      }
      const completion = await ask(api, 'POST', '/v1/chat/completions');
      expect(completion).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
      expect(completion.headers.get('Retry-After')).toBe('1');
    });
  });
}
