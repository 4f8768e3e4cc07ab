import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, chat, freshName, newAccount, newAdmin, read } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

const csv = { Accept: 'text/csv' };

async function table(api: TestApi, auth: string, target: string): Promise<string[]> {
  const response = await ask(api, 'GET', `/api/admin/${target}`, { auth, headers: csv });
  expect(response.status, response.text).toBe(200);
  expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present');
  expect(response.text.endsWith('\r\n')).toBe(true);
  return response.text.slice(0, -2).split('\r\n');
}

/** The lists of the administration as CSV. */
export function adminCsvSuite(engine: OpenedEngine): void {
  describe('a list as CSV', () => {
    test('has every row that matches the filters, whatever the page size', async () => {
      const api = testApi(engine());
      const [admin, { auth, username }] = [await newAdmin(api), await newAccount(api)];
      for (let count = 1; count <= 3; count += 1) await chat(api, auth, `message ${count}`);
      const [header, ...lines] = await table(api, admin.auth, `chats/?user=${username}&limit=1`);
      expect(header).toBe(
        'id,created_at,user_id,username,conversation_id,model,status,tokens_charged,message,response,' +
          'tokens_held,tokens_beyond_hold,tokens_uncollected,erased',
      );
      expect(lines.map((line) => line.split(',').slice(7).join())).toEqual(
        [3, 2, 1].map((count) => `100,message ${count},Echo: message ${count},100,0,0,false`),
      );
      const [, ...amounts] = await table(api, admin.auth, `entries/?user=${username}`);
      expect(amounts.map((line) => line.split(',')[5])).toEqual(['-100', '-100', '-100', '4000']);
      const [names, ...users] = await table(api, admin.auth, `users/?q=${username}&sort=username`);
      expect(names).toMatch(/^id,username,email,email_verified,role,status,tokens,held,created_at/);
      expect(users.some((line) => line.includes(`,${username},,false,user,active,3700,0,`))).toBe(true);
      expect((await table(api, admin.auth, `audit/?subject=${username}`)).length).toBe(2);
      expect(await table(api, admin.auth, `users/?q=no_such_name`)).toHaveLength(1);
    });

    test('is a download with the name of the list, and is not cached', async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      for (const list of ['users', 'chats', 'entries', 'orders', 'audit']) {
        const target = `/api/admin/${list}/?${list === 'chats' ? 'text=no-such-text' : ''}`;
        const { headers } = await ask(api, 'GET', target, { auth, headers: csv });
        const disposition = `attachment; filename="metered-chat-${list}.csv"`;
        expect(headers.get('Content-Disposition')).toBe(disposition);
        expect(headers.get('Cache-Control')).toBe('no-store');
        expect(headers.get('Vary')).toContain('Accept');
      }
    });

    test.each([
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1',
      '=HYPERLINK("https://example.org","x")',
      `=cmd|' /C calc'!A0`,
    ])('escapes a text that a spreadsheet would run as a formula: %j', async (message) => {
      const api = testApi(engine());
      const [admin, { auth, username }] = [await newAdmin(api), await newAccount(api)];
      await chat(api, auth, message);
      const target = `/api/admin/chats/?user=${username}`;
      const { text } = await ask(api, 'GET', target, { auth: admin.auth, headers: csv });
      const escaped = `'${message}`;
      const cell = /[",\r\n]/.test(message) ? `"${escaped.replaceAll('"', '""')}"` : escaped;
      expect(text).toContain(`,100,${cell},`);
    });

    test('quotes values with commas, quotes or line breaks', async () => {
      const api = testApi(engine());
      const [admin, { auth, username }] = [await newAdmin(api), await newAccount(api)];
      await chat(api, auth, 'a, "b"\r\nc');
      const target = `/api/admin/chats/?user=${username}`;
      const { text } = await ask(api, 'GET', target, { auth: admin.auth, headers: csv });
      expect(text).toContain(',100,"a, ""b""\r\nc","Echo: a, ""b""\r\nc",100,0,0,false\r\n');
    });

    test('is read page by page as the client consumes it, and no further after the client disconnects', async () => {
      const opened = engine();
      let pages = 0;
      const id = (index: number) => `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`;
      const unknown = { userId: null, actorId: null, serviceKeyId: null, subjectId: null, details: null };
      const event = { action: 'signed_in', ...unknown } as const;
      const endless = {
        ...opened.stores.recordSearch,
        auditEvents: () => {
          pages += 1;
          const results = Array.from({ length: 100 }, (_, index) => ({
            ...event,
            id: id(index),
            origin: { address: null, userAgent: 'x'.repeat(300) },
            createdAt: new Date(0),
            username: null,
            actorUsername: null,
          }));
          return Promise.resolve({ results, next: id(0) });
        },
      };
      const api = testApi({ ...opened, stores: { ...opened.stores, recordSearch: endless } });
      const { auth } = await newAdmin(api);
      const headers = { ...csv, Authorization: `Token ${auth}` };
      const response = await api.app.request('/api/admin/audit/', { headers });
      const reader = response.body?.getReader();
      for (let chunk = 0; chunk < 350; chunk += 1) await reader?.read();
      const taken = pages;
      expect(taken).toBeGreaterThanOrEqual(4);
      expect(taken).toBeLessThan(6);
      await reader?.cancel();
      await new Promise((resolve) => setImmediate(resolve));
      expect(pages).toBe(taken);
    });

    test('returns a plain error status if the query is invalid', async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      const headers = { ...csv, Authorization: `Token ${auth}` };
      const response = await read(await api.app.request('/api/admin/chats/?status=open', { headers }));
      expect(response.status).toBe(400);
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    });

    test('is not sent to clients that prefer JSON or accept anything', async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      for (const Accept of ['application/json', '*/*', 'text/csv;q=0.1, application/json', 'text/html', '']) {
        const response = await ask(api, 'GET', `/api/admin/users/?q=${freshName()}`, {
          auth,
          headers: { Accept },
        });
        expect(response.headers.get('Content-Type'), Accept).toContain('application/json');
      }
    });

    test('is also sent for ?format=csv, whatever the Accept header', async () => {
      const api = testApi(engine());
      const { auth, username } = await newAdmin(api);
      const target = `/api/admin/users/?q=${username}`;
      const page = { Accept: 'text/html' };
      const link = await ask(api, 'GET', `${target}&format=csv`, { auth, headers: page });
      expect(link.text).toBe((await ask(api, 'GET', target, { auth, headers: csv })).text);
      const asJson = await ask(api, 'GET', `${target}&format=json`, { auth, headers: csv });
      expect(asJson.body['results']).toHaveLength(1);
      const unknown = await ask(api, 'GET', `${target}&format=xml`, { auth });
      expect(unknown.body['errors']).toEqual({ format: ['Must be one of json, csv.'] });
    });
  });
}
