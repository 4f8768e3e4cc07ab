import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openEngine, type Engine } from './engines.js';
import { ask } from './requests.js';
import { testApi, type TestApiOptions } from './test-api.js';
import { startTestServer, type TestServer } from './test-server.js';

const metricsSecret = 'a-secret-of-the-operators';
const servers: TestServer[] = [];

async function serve(options: TestApiOptions = {}): Promise<TestServer> {
  const server = await startTestServer('memory', options);
  servers.push(server);
  return server;
}

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

/** Reads the metrics from this machine with these headers. */
function read(
  server: TestServer,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const url = server.url.replace('localhost', '127.0.0.1');
    request(`${url}/metrics`, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('/metrics', () => {
  it('is readable by programs on this machine without a secret', async () => {
    const server = await serve();
    const response = await read(server);
    expect(response.status).toBe(200);
    expect(response.text).toContain('# TYPE metered_chat_chats_total counter');
  });

  test.each(['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'Via'])(
    'rejects requests that a proxy on this machine forwards with %s, whether or not the proxy is trusted',
    async (name) => {
      for (const trustedProxies of [[], ['127.0.0.1']]) {
        const server = await serve({ trustedProxies });
        for (const address of ['203.0.113.9', '127.0.0.1', '::1', 'garbage', '']) {
          expect((await read(server, { [name]: address })).status, address).toBe(403);
        }
      }
    },
  );

  it('is readable from any machine with the secret', async () => {
    const server = await serve({ metricsSecret });
    const from = { 'X-Forwarded-For': '203.0.113.9' };
    expect((await read(server, { ...from, Authorization: `Bearer ${metricsSecret}` })).status).toBe(200);
    expect((await read(server, from)).status).toBe(401);
    expect((await read(server)).status).toBe(200);
  });

  describe('from another machine', () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await openEngine('memory');
    });
    afterAll(() => engine.close());

    it('is forbidden if no secret is configured, whatever the request has', async () => {
      const api = testApi(engine);
      for (const secret of ['', 'null', 'undefined', metricsSecret]) {
        const response = await ask(api, 'GET', '/metrics', {
          headers: { Authorization: `Bearer ${secret}` },
        });
        expect(response).toMatchObject({ status: 403, body: { code: 'loopback_only' } });
      }
    });

    it('rejects every wrong secret', async () => {
      const api = testApi(engine, { metricsSecret });
      const guesses = [
        ...['', ' ', 'null', metricsSecret.slice(0, -1), `${metricsSecret}x`, metricsSecret.toUpperCase()],
        ...[`${metricsSecret} x`, `"${metricsSecret}"`, `Bearer ${metricsSecret}`, 'x'.repeat(10_000)],
      ];
      const headers = [
        ...guesses.map((guess) => ({ Authorization: `Bearer ${guess}` })),
        { Authorization: metricsSecret },
        { Authorization: `Token ${metricsSecret}` },
        { Authorization: `Basic ${metricsSecret}` },
        { Cookie: `metrics=${metricsSecret}` },
      ];
      for (const presented of headers) {
        const response = await ask(api, 'GET', '/metrics', { headers: presented });
        expect(response, JSON.stringify(presented)).toMatchObject({
          status: 401,
          body: { code: 'unauthenticated' },
        });
        expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
      }
      expect((await ask(api, 'GET', `/metrics?token=${metricsSecret}`)).status).toBe(401);
      const right = { Authorization: `bearer ${metricsSecret}` };
      expect((await ask(api, 'GET', '/metrics', { headers: right })).status).toBe(200);
    });
  });
});
