import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mountableApp } from '../../../src/adapters/http/mountable-app.js';
import type { IdentifyUser } from '../../../src/adapters/http/kit/context.js';
import { apiRoutes } from '../../../src/adapters/http/routes.js';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { openEngine, type Engine } from './engines.js';
import { ask, newAccount } from './requests.js';
import { testApi, type TestApi } from './test-api.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine('memory');
});
afterAll(() => engine.close());

/** The sessions of a host program. */
const sessions: Record<string, Awaited<ReturnType<IdentifyUser>>> = {
  ada: { foreignId: 'host-ada' },
  root: { foreignId: 'host-root', role: 'admin' },
};
const identify: IdentifyUser = ({ headers }) => {
  const session = /session=(\w+)/.exec(headers.get('Cookie') ?? '')?.[1] ?? '';
  return Promise.resolve(sessions[session] ?? null);
};
const as = (user: string, headers: Record<string, string> = {}) => ({
  headers: { Cookie: `session=${user}`, ...headers },
});

describe('an API whose host program identifies its users', () => {
  let api: TestApi;
  beforeEach(() => {
    api = testApi(engine, {
      identify,
      corsOrigins: ['https://app.example.test'],
      policy: { requireVerifiedEmail: true },
    });
  });

  test('charges their accounts, which the first request creates', async () => {
    const said = await ask(api, 'POST', '/api/chat/', { ...as('ada'), json: { message: 'Hi' } });
    expect(said).toMatchObject({ status: 200, body: { response: 'Echo: Hi' } });
    const account = await api.core.users.adopt({ foreignId: 'host-ada' });
    const { balance } = await api.core.ledger.balance({ caller: operatorCaller, userId: account.id });
    expect(said.body['remaining_tokens']).toBe(balance);
    expect((await ask(api, 'GET', '/api/me/', as('ada'))).body).toMatchObject({
      id: account.id,
      role: 'user',
    });
    const completion = { model: 'echo', messages: [{ role: 'user', content: 'Hi' }] };
    expect((await ask(api, 'POST', '/v1/chat/completions', { ...as('ada'), json: completion })).status).toBe(
      200,
    );
  });

  test('rejects requests that it does not identify, and auth tokens', async () => {
    const { auth } = await newAccount(testApi(engine));
    for (const parts of [{}, as('unknown'), { auth }]) {
      const response = await ask(api, 'GET', '/api/me/', parts);
      expect(response).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
    }
  });

  test('has no routes to register or to sign in', async () => {
    // The document of the other tests has these routes.
    const app = mountableApp({ core: api.core, identify });
    const statusOf = async (method: string, path: string) => (await app.request(path, { method })).status;
    const hidden = [
      'register',
      'login',
      'refreshSession',
      'forgotPassword',
      'resetPassword',
      'verifyEmail',
      'createFirstAdmin',
    ];
    for (const { id, path } of apiRoutes.filter((route) => hidden.includes(route.id))) {
      expect(await statusOf('POST', path), id).toBe(404);
    }
    expect(await statusOf('GET', '/health/live')).toBe(200);
    const { paths } = (await (await app.request('/api/openapi.json')).json()) as { paths: object };
    expect(Object.keys(paths)).not.toContain('/api/login/');
    expect(Object.keys(paths)).toContain('/api/chat/');
  });

  test('lets its users set caps, and leaves passwords, keys and the account to the host program', async () => {
    const cap = { scope: 'account', window: 'month', limit: 5000 };
    expect((await ask(api, 'POST', '/api/me/caps/', { ...as('ada'), json: cap })).status).toBe(201);
    for (const [method, path, json] of [
      ['POST', '/api/keys/', { name: 'key' }],
      ['POST', '/api/me/password/', { current_password: 'x', new_password: 'StrongPass123!' }],
      ['DELETE', '/api/me/', { current_password: 'x' }],
      ['PATCH', '/api/me/', { username: 'other' }],
    ] as const) {
      const response = await ask(api, method, path, { ...as('ada'), json });
      expect(response, path).toMatchObject({ status: 403, body: { code: 'session_required' } });
    }
  });

  test('makes administrators of those that the host program names so', async () => {
    expect((await ask(api, 'GET', '/api/admin/users/', as('ada'))).status).toBe(403);
    expect((await ask(api, 'GET', '/api/admin/users/', as('root'))).status).toBe(200);
    const { id } = await api.core.users.adopt({ foreignId: 'host-ada' });
    const grant = { amount: 5, reason: 'A gift.' };
    const granted = await ask(api, 'POST', `/api/admin/users/${id}/tokens/`, { ...as('root'), json: grant });
    expect(granted.status).toBeLessThan(300);
    // The host program decides again at each request.
    sessions['root'] = { foreignId: 'host-root' };
    expect((await ask(api, 'GET', '/api/admin/users/', as('root'))).status).toBe(403);
    sessions['root'] = { foreignId: 'host-root', role: 'admin' };
  });

  test('rejects a disabled account', async () => {
    sessions['eve'] = { foreignId: 'host-eve' };
    const { id } = await api.core.users.adopt({ foreignId: 'host-eve' });
    const disable = { ...as('root'), json: { status: 'disabled' } };
    expect((await ask(api, 'PATCH', `/api/admin/users/${id}/`, disable)).status).toBe(200);
    expect((await ask(api, 'GET', '/api/me/', as('eve'))).status).toBe(401);
  });

  test.each<[Record<string, string>, number]>([
    [{}, 200],
    [{ 'Sec-Fetch-Site': 'same-origin' }, 200],
    [{ 'Sec-Fetch-Site': 'cross-site' }, 401],
    [{ 'Sec-Fetch-Site': 'same-site', Origin: 'https://other.example.test' }, 401],
    [{ 'Sec-Fetch-Site': 'same-site', Origin: 'https://app.example.test' }, 200],
    [{ Origin: 'https://evil.example' }, 401],
    [{ Origin: 'null' }, 401],
    [{ Origin: 'http://localhost' }, 200],
    [{ Origin: 'https://chat.example.test' }, 200],
  ])('with the headers %j of a page has the status %i', async (headers, status) => {
    const parts = { ...as('ada', headers), json: { message: 'Hi' } };
    expect((await ask(api, 'POST', '/api/chat/', parts)).status).toBe(status);
  });

  test('cannot have the pages, which sign in by themselves', () => {
    const { core } = api;
    expect(() => mountableApp({ core, identify, pages: new Map() as never })).toThrow(TypeError);
  });

  test('passes an error of the host program on as a failure, without its text', async () => {
    const failing = testApi(engine, {
      identify: () => Promise.reject(new Error('The session store is away.')),
    });
    const response = await ask(failing, 'GET', '/api/me/');
    expect(response.status).toBe(500);
    expect(response.text).not.toContain('session store');
  });
});
