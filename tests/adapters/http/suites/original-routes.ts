import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask } from '../requests.js';
import { testApi } from '../test-api.js';

const accessSecret = /^mca_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/;
const refreshSecret = /^mcr_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The four requests of the original system, verbatim. */
export function originalRoutesSuite(engine: OpenedEngine): void {
  describe('the four original routes', () => {
    test('register, login, chat and tokens respond to the samples of the original', async () => {
      const api = testApi(engine());
      const registered = await ask(api, 'POST', '/api/register/', {
        raw: '{"username": "jane_doe", "password": "StrongPass123!"}',
        headers: { 'Content-Type': 'application/json' },
      });
      expect(registered.status).toBe(201);
      expect(registered.body).toEqual({
        message: 'User registered successfully.',
        token: expect.stringMatching(accessSecret) as string,
        expires_at: expect.stringMatching(time) as string,
        refresh_token: expect.stringMatching(refreshSecret) as string,
        refresh_expires_at: expect.stringMatching(time) as string,
      });

      const signedIn = await ask(api, 'POST', '/api/login/', {
        raw: '{"username": "jane_doe", "password": "StrongPass123!"}',
        headers: { 'Content-Type': 'application/json' },
      });
      expect(signedIn.status).toBe(200);
      expect(signedIn.body['token']).toMatch(accessSecret);
      expect(signedIn.body['token']).not.toBe(registered.body['token']);

      const headers = {
        'Content-Type': 'application/json',
        Authorization: `Token ${signedIn.body['token'] as string}`,
      };
      const replied = await ask(api, 'POST', '/api/chat/', { raw: '{"message": "Hello, AI!"}', headers });
      expect(replied.status).toBe(200);
      expect(replied.body).toMatchObject({ response: 'Echo: Hello, AI!', remaining_tokens: 3900 });

      const left = await ask(api, 'GET', '/api/tokens/', { headers });
      expect(left.status).toBe(200);
      expect(left.body).toMatchObject({ tokens: 3900, held: 0 });
    });

    test('register takes "password1", the name that the sample of the original gives the password', async () => {
      const api = testApi(engine());
      const registered = await ask(api, 'POST', '/api/register/', {
        json: { username: 'john_doe', password1: 'StrongPass123!' },
      });
      expect(registered.status).toBe(201);
      const signedIn = await ask(api, 'POST', '/api/login/', {
        json: { username: 'john_doe', password: 'StrongPass123!' },
      });
      expect(signedIn.status).toBe(200);
    });

    test.each(['password', 'password1'])('register takes an equal "password2" beside "%s"', async (name) => {
      const api = testApi(engine());
      const registered = await ask(api, 'POST', '/api/register/', {
        json: { username: `repeats_${name}`, [name]: 'StrongPass123!', password2: 'StrongPass123!' },
      });
      expect(registered.status).toBe(201);
    });

    test('the reply to a chat names its exchange, model, price and time', async () => {
      const api = testApi(engine());
      const registered = await ask(api, 'POST', '/api/register/', {
        json: { username: 'fields', password: 'StrongPass123!' },
      });
      const replied = await ask(api, 'POST', '/api/chat/', {
        auth: registered.body['token'] as string,
        json: { message: 'Hi' },
      });
      expect(replied.body).toEqual({
        id: expect.stringMatching(
          /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        ) as string,
        conversation_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        response: 'Echo: Hi',
        model: 'echo',
        tokens_charged: 100,
        remaining_tokens: 3900,
        usage: null,
        created_at: expect.stringMatching(/Z$/) as string,
      });
    });
  });
}
