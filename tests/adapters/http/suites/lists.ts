import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, chat, newAccount } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

interface Listed {
  results: Record<string, unknown>[];
  next: string | null;
}

const listPaths = ['/api/chat/', '/api/tokens/entries/'];

/** Pagination of lists. */
export function listsSuite(engine: OpenedEngine): void {
  describe('a list', () => {
    test('is newest first, in pages that together are the whole list while rows are added', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      for (let count = 1; count <= 7; count += 1) await chat(api, auth, `message ${count}`);
      const first = await list(api, auth, '/api/chat/', 'limit=3');
      await chat(api, auth, 'a new one');
      const second = await list(api, auth, '/api/chat/', `limit=3&cursor=${first.next ?? ''}`);
      const third = await list(api, auth, '/api/chat/', `limit=3&cursor=${second.next ?? ''}`);
      expect([...first.results, ...second.results, ...third.results].map(({ message }) => message)).toEqual(
        [7, 6, 5, 4, 3, 2, 1].map((count) => `message ${count}`),
      );
      expect(third.next).toBeNull();
      expect(await list(api, auth, '/api/chat/', `limit=3&cursor=${first.next ?? ''}`)).toEqual(second);
    });

    test('of exactly one page has no next one', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      for (let count = 1; count <= 3; count += 1) await chat(api, auth, `message ${count}`);
      expect((await list(api, auth, '/api/chat/', 'limit=3')).next).toBeNull();
      expect((await list(api, auth, '/api/chat/', 'limit=2')).next).not.toBeNull();
    });

    test('has 20 results by default and 100 at most', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      for (let count = 1; count <= 22; count += 1) await chat(api, auth, `message ${count}`);
      expect((await list(api, auth, '/api/chat/', '')).results).toHaveLength(20);
      expect((await list(api, auth, '/api/chat/', 'limit=100')).results).toHaveLength(22);
      expect((await list(api, auth, '/api/tokens/entries/', 'limit=1')).results).toHaveLength(1);
    });

    test.each(['0', '101', '-1', '1.5', '1e1', ' 1', '01', '', 'ten', '9'.repeat(400), '٣'])(
      'with the limit %j is 400',
      async (limit) => {
        const api = testApi(engine());
        const { auth } = await newAccount(api);
        for (const path of listPaths) {
          const response = await ask(api, 'GET', `${path}?limit=${encodeURIComponent(limit)}`, { auth });
          expect(response.status).toBe(400);
          expect(response.body).toMatchObject({
            code: 'invalid_input',
            errors: { limit: ['Must be a whole number from 1 to 100.'] },
          });
        }
      },
    );

    test.each([
      '',
      'x',
      'a'.repeat(21),
      'a'.repeat(23),
      '?'.repeat(22),
      "' or 1=1 --",
      '0190cafe-0000-7000-8000-000000000000',
      `${'A'.repeat(21)}=`,
      'é'.repeat(22),
    ])('with the cursor %j is 400', async (cursor) => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      for (const path of listPaths) {
        const response = await ask(api, 'GET', `${path}?cursor=${encodeURIComponent(cursor)}`, { auth });
        expect(response.status).toBe(400);
        expect(response.body).toMatchObject({
          errors: { cursor: [expect.stringContaining('"next"')] },
        });
      }
    });

    test('accepts a cursor of any 16 bytes', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      for (const cursor of ['A'.repeat(22), '_'.repeat(22), 'B'.repeat(22)]) {
        for (const path of listPaths) {
          expect((await ask(api, 'GET', `${path}?cursor=${cursor}`, { auth })).status).toBe(200);
        }
      }
    });

    test("never contains rows of another account, not even with that account's cursor", async () => {
      const api = testApi(engine());
      const [mine, theirs] = [await newAccount(api), await newAccount(api)];
      for (let count = 1; count <= 3; count += 1) {
        await chat(api, theirs.auth, `their message ${count}`);
        await chat(api, mine.auth, `my message ${count}`);
      }
      for (const path of listPaths) {
        const own = await list(api, mine.auth, path, '');
        const foreign = await list(api, theirs.auth, path, 'limit=1');
        const through = await list(api, mine.auth, path, `cursor=${foreign.next ?? ''}`);
        expect(JSON.stringify([own, through])).not.toContain('their message');
        const ownIds = own.results.map(({ id }) => id);
        expect(through.results.every(({ id }) => ownIds.includes(id))).toBe(true);
        expect(ownIds).not.toContain(foreign.results[0]?.['id']);
      }
    });
  });
}

async function list(api: TestApi, auth: string, path: string, query: string): Promise<Listed> {
  const response = await ask(api, 'GET', `${path}?${query}`, { auth });
  expect(response.status).toBe(200);
  expect(Object.keys(response.body)).toEqual(['results', 'next']);
  return response.body as unknown as Listed;
}
