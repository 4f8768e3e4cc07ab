import naughtyStrings from 'big-list-of-naughty-strings/blns.json' with { type: 'json' };
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from './engines.js';
import { ask, freshName, newAccount, read, type TestResponse } from './requests.js';
import { testApi } from './test-api.js';
import { startTestServer, type TestServer } from './test-server.js';

const password = 'StrongPass123!';

interface Listed {
  results: { message: string; response: string }[];
  next: string | null;
}

/**
 * Sends every `step`th string of the Big List of Naughty Strings, starting at `from`, in every field. Each is stored byte
 * for byte or rejected.
 */
export function describeNaughtyStrings({ step, from }: { step: number; from: number }): void {
  const strings = naughtyStrings.filter((_, index) => index % step === from % step);
  /** Returns the minimum to be accepted of this part, from what is accepted of the whole list. */
  const minAccepted = (ofAll: number) => Math.floor((ofAll * 0.7) / step);

  /** Checks every string, and returns how many were accepted; the others were rejected. */
  async function countAccepted(check: (naughty: string) => Promise<boolean>): Promise<number> {
    let accepted = 0;
    for (const naughty of strings) if (await check(naughty)) accepted += 1;
    return accepted;
  }

  describe.each(['embedded', 'postgres'] as const)(
    `${strings.length} of ${naughtyStrings.length} naughty strings on the %s engine`,
    (name) => {
      let server: TestServer;
      beforeAll(async () => {
        server = await startTestServer(name, { policy: { startingCredits: 1_000_000 } });
      });
      afterAll(() => server.close());

      const post = (path: string, json: Record<string, unknown>) => ask(server, 'POST', path, { json });
      const me = (response: TestResponse) =>
        ask(server, 'GET', '/api/me/', { auth: response.body['token'] as string });

      test('every message is echoed and listed byte for byte, or rejected', async () => {
        const { auth } = await newAccount(server);
        const headers = { 'Content-Type': 'application/json', Authorization: `Token ${auth}` };
        const sent: string[] = [];
        const accepted = await countAccepted(async (message) => {
          const body = JSON.stringify({ message });
          const response = await read(
            await fetch(`${server.url}/api/chat/`, { method: 'POST', headers, body }),
          );
          if (isRejected(response)) return false;
          expect(response.body['response']).toBe(`Echo: ${message}`);
          sent.push(message);
          return true;
        });
        expect(await listedMessages(headers)).toEqual(sent.reverse());
        expect(accepted).toBeGreaterThan(minAccepted(450));
      });

      async function listedMessages(headers: Record<string, string>): Promise<string[]> {
        const messages: string[] = [];
        let next: string | null = '';
        while (next !== null) {
          const cursor: string = next === '' ? '' : `&cursor=${next}`;
          const page = await fetch(`${server.url}/api/chat/?limit=100${cursor}`, { headers });
          const listed = (await page.json()) as Listed;
          for (const { message, response } of listed.results) expect(response).toBe(`Echo: ${message}`);
          messages.push(...listed.results.map(({ message }) => message));
          next = listed.next;
        }
        return messages;
      }

      test('every username is returned byte for byte and can sign in, or is rejected', async () => {
        const accepted = await countAccepted(async (username) => {
          const response = await post('/api/register/', { username, password });
          if (isRejected(response)) return false;
          expect((await me(response)).body['username']).toBe(username);
          expect((await post('/api/login/', { username, password })).status).toBe(200);
          return true;
        });
        expect(accepted).toBeGreaterThanOrEqual(minAccepted(10));
      });

      test.each([
        ['as it is', (text: string) => text, 1],
        ['before an @', (text: string) => `${text}@example.com`, 50],
      ])(
        'every email with a string %s is returned byte for byte and can sign in, or is rejected',
        async (_, shape, least) => {
          const accepted = await countAccepted(async (text) => {
            const email = shape(text);
            const response = await post('/api/register/', { username: freshName(), email, password });
            if (isRejected(response)) return false;
            expect((await me(response)).body['email']).toBe(email === '' ? null : email);
            if (email !== '') expect((await post('/api/login/', { email, password })).status).toBe(200);
            return true;
          });
          expect(accepted).toBeGreaterThanOrEqual(minAccepted(least));
        },
      );

      test('every password signs in to its account and no other does, or it is rejected', async () => {
        const accepted = await countAccepted(async (naughty) => {
          const username = freshName();
          if (isRejected(await post('/api/register/', { username, password: naughty }))) return false;
          expect((await post('/api/login/', { username, password: naughty })).status).toBe(200);
          expect((await post('/api/login/', { username, password: `${naughty}x` })).status).toBe(401);
          return true;
        });
        expect(accepted).toBeGreaterThan(minAccepted(300));
      });
    },
  );

  test('every naughty string is rejected as a model, a parameter, a conversation, a login, a cursor, a limit and a path', async () => {
    const api = testApi(await openEngine('memory'));
    const { auth } = await newAccount(api);
    const post = (path: string, json: Record<string, unknown>) => ask(api, 'POST', path, { auth, json });
    await countAccepted(async (naughty) => {
      const query = encodeURIComponent(naughty);
      const responses = [
        await post('/api/chat/', { message: 'Hi', model: naughty }),
        await post('/api/chat/', { message: 'Hi', conversation_id: naughty }),
        await post('/v1/chat/completions', { model: naughty, messages: [{ role: 'user', content: 'Hi' }] }),
        await post('/v1/chat/completions', { [naughty]: 1, model: 'echo', messages: [] }),
        await post('/api/login/', { username: naughty, password }),
        await post('/api/login/', { email: `${naughty}@`, password: naughty }),
        await ask(api, 'GET', `/api/chat/?cursor=${query}`, { auth }),
        await ask(api, 'GET', `/api/tokens/entries/?limit=0${query}`, { auth }),
        await ask(api, 'GET', `/api/nothing/${query}`, { auth }),
      ];
      expect(responses.map(isRejected)).not.toContain(false);
      return false;
    });
  });
}

/** True for a 4xx; fails the test for a 5xx. */
function isRejected({ status, text }: TestResponse): boolean {
  expect(status, text).toBeLessThan(500);
  return status >= 400;
}
