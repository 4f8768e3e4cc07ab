import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, chat, idOf, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

const path = '/api/tokens/statement/';

interface Line {
  kind: string;
  amount: number;
}

async function read(api: TestApi, auth: string, query = '', from = path) {
  const response = await ask(api, 'GET', `${from}${query}`, { auth });
  const lines = (response.body['lines'] ?? []) as Line[];
  const { opening, closing } = response.body as { opening: number; closing: number };
  return { ...response, lines, opening, closing };
}

/** Statements of a month, as JSON and CSV. */
export function statementsSuite(engine: OpenedEngine): void {
  describe('statements', () => {
    test('a statement has the sums of the month and what each lot gave', async () => {
      const api = testApi(engine());
      const [{ auth }, admin] = [await newAccount(api), await newAdmin(api)];
      const userId = await idOf(api, auth);
      for (let index = 0; index < 3; index += 1) await chat(api, auth, 'Hello');
      await ask(api, 'POST', `/api/admin/users/${userId}/tokens/`, {
        auth: admin.auth,
        json: { amount: 150, reason: 'A gift' },
      });
      const spend = { action: 'image.generate', amount: 200 };
      await ask(api, 'POST', `/api/admin/users/${userId}/spend/`, { auth: admin.auth, json: spend });
      const { status, body } = await read(api, auth);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        month: new Date().toISOString().slice(0, 7),
        unit: { name: 'tokens', decimals: 0 },
        opening: 0,
        lines: [
          { kind: 'grant', amount: 4150, count: 2 },
          { kind: 'charge', action: 'chat', model: 'echo', amount: -300, count: 3 },
          { kind: 'charge', action: 'image.generate', amount: -200, count: 1 },
        ],
        closing: 3650,
        lots: [
          { kind: 'grant', amount: 150, opening: 0, received: 150, gave: 150, expired: 0, closing: 0 },
          { kind: 'opening', amount: 4000, opening: 0, received: 4000, gave: 350, closing: 3650 },
        ],
      });
      const same = await read(api, admin.auth, '', `/api/admin/users/${userId}/statement/`);
      expect(same.body).toEqual(body);
    });

    test('a statement says what each conversation cost with each model, the dearest first', async () => {
      const api = testApi(engine());
      const [{ auth }, other] = [await newAccount(api), await newAccount(api)];
      const conversations = async () => (await read(api, auth)).body['conversations'];
      expect(await conversations()).toEqual([]);
      await chat(api, other.auth, 'Of another account');
      const send = async (message: string, more: object = {}) =>
        (await ask(api, 'POST', '/api/chat/', { auth, json: { message, ...more } })).body as {
          conversation_id: string;
        };
      const { conversation_id: short } = await send('Short');
      const { conversation_id: long } = await send('Long');
      await send('More', { conversation_id: long });
      await send('More still', { conversation_id: long });
      const completion = { model: 'echo', messages: [{ role: 'user', content: 'Hello' }] };
      await ask(api, 'POST', '/v1/chat/completions', { auth, json: completion });
      await ask(api, 'POST', '/v1/chat/completions', { auth, json: completion });
      const expected = [
        { conversation_id: long, title: 'Long', model: 'echo', amount: -300, count: 3 },
        { conversation_id: null, title: null, model: 'echo', amount: -200, count: 2 },
        { conversation_id: short, title: 'Short', model: 'echo', amount: -100, count: 1 },
      ];
      expect(await conversations()).toEqual(expected);
      await ask(api, 'DELETE', `/api/conversations/${long}/`, { auth });
      expect(await conversations()).toEqual([{ ...expected[0], title: null }, ...expected.slice(1)]);
      expect((await read(api, auth, '?month=2020-02')).body['conversations']).toEqual([]);
    });

    test('a statement has the 100 dearest conversations', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      await ask(api, 'POST', `/api/admin/users/${await idOf(api, auth)}/tokens/`, {
        auth: (await newAdmin(api)).auth,
        json: { amount: 10_000, reason: 'For many chats' },
      });
      const { body } = await chat(api, auth, 'The dearest');
      const json = { message: 'Again', conversation_id: body['conversation_id'] };
      await ask(api, 'POST', '/api/chat/', { auth, json });
      for (let index = 0; index < 100; index += 1) await chat(api, auth, `Number ${index}`);
      const conversations = (await read(api, auth)).body['conversations'] as Line[];
      expect(conversations).toHaveLength(100);
      expect(conversations[0]).toMatchObject({ title: 'The dearest', amount: -200 });
    });

    test('a statement is CSV in the unit, with its opening and closing', async () => {
      const api = testApi(engine(), { policy: { creditUnit: 'USD', creditDecimals: 3 } });
      const { auth } = await newAccount(api);
      await chat(api, auth, 'Hello');
      const month = new Date().toISOString().slice(0, 7);
      const { text, headers } = await read(api, auth, `?month=${month}&format=csv`);
      expect(headers.get('Content-Disposition')).toContain(`metered-chat-statement-${month}.csv`);
      expect(text.split('\r\n')).toEqual([
        'month,kind,action,model,count,amount (USD)',
        `${month},opening,,,,0.000`,
        `${month},grant,,,1,4.000`,
        `${month},charge,chat,echo,1,-0.100`,
        `${month},closing,,,,3.900`,
        '',
      ]);
    });

    test('a month before the account is empty, and one that has not begun or is none is rejected', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const before = await read(api, auth, '?month=2020-02');
      expect(before.body).toMatchObject({
        ...{ month: '2020-02', opening: 0, lines: [], closing: 0, lots: [] },
        ...{ from: '2020-02-01T00:00:00.000Z', to: '2020-03-01T00:00:00.000Z' },
      });
      const months = [
        '9999-12',
        '2026-13',
        '2026-00',
        '2026-1',
        '1969-12',
        'now',
        '',
        '2026-01-01',
        '２０２６-01',
      ];
      for (const month of months) {
        const rejected = await read(api, auth, `?month=${month}`);
        expect([rejected.status, rejected.body['code']], month).toEqual([400, 'invalid_input']);
        expect(Object.keys(rejected.body['errors'] as object)).toEqual(['month']);
      }
      expect((await read(api, auth, '?year=2026')).status).toBe(400);
    });

    test('the time zone decides when a month begins', async () => {
      const timeZone = 'America/New_York';
      const api = testApi(engine(), { policy: { timeZone } });
      const { auth } = await newAccount(api);
      const { body } = await read(api, auth, '?month=2026-03');
      expect(body).toMatchObject({ from: '2026-03-01T05:00:00.000Z', to: '2026-04-01T04:00:00.000Z' });
    });

    test('a statement adds up at every moment, also while chats run', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const chats = Promise.all(Array.from({ length: 30 }, () => chat(api, auth, 'Hello')));
      const statements = [];
      for (let round = 0; round < 10; round += 1) statements.push(await read(api, auth));
      await chats;
      statements.push(await read(api, auth));
      for (const { opening, lines, closing } of statements) {
        expect(lines.reduce((sum, { amount }) => sum + amount, opening)).toBe(closing);
      }
      expect((await balance(api, auth))['tokens']).toBe(statements.at(-1)?.closing);
    });

    test('sums that no number represents exactly become several lines', async () => {
      const api = testApi(engine());
      const [{ auth }, admin] = [await newAccount(api), await newAdmin(api)];
      const most = Number.MAX_SAFE_INTEGER;
      const change = async (amount: number) => {
        const json = { amount, reason: 'A lot' };
        const url = `/api/admin/users/${await idOf(api, auth)}/tokens/`;
        expect((await ask(api, 'POST', url, { auth: admin.auth, json })).status).toBe(201);
      };
      for (const amount of [-4000, most, -most, most]) await change(amount);
      const { status, opening, closing, lines } = await read(api, auth);
      expect([status, opening, closing]).toEqual([200, 0, most]);
      expect(lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n)).toBe(BigInt(most));
      await change(-most);
    });

    test('an administrator reads the statement of an erased account', async () => {
      const api = testApi(engine());
      const [{ auth }, admin] = [await newAccount(api), await newAdmin(api)];
      const url = `/api/admin/users/${await idOf(api, auth)}/statement/`;
      await chat(api, auth, 'Hello');
      await ask(api, 'DELETE', url.replace('statement/', ''), { auth: admin.auth });
      const { status, closing, lines } = await read(api, admin.auth, '', url);
      expect([status, closing, lines.length]).toEqual([200, 3900, 2]);
    });
  });
}
