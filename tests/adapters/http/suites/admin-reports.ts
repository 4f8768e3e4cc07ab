import { describe, expect, test } from 'vitest';
import { invariantStatements } from '../../../../src/domain/ledger/invariants.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, chat, freshName, idOf, newAccount, newAdmin } from '../requests.js';
import { testApi } from '../test-api.js';
import { modelYielding, text as textChunk } from '../test-models.js';

type Tally = Record<
  | 'accounts'
  | 'active_accounts'
  | 'chats'
  | 'failures'
  | 'tokens_charged'
  | 'tokens_metered'
  | 'tokens_uncollected'
  | 'tokens_granted'
  | 'tokens_expired',
  number
>;

interface Report {
  from: string;
  to: string;
  totals: Tally;
  by_day: (Tally & { day: string })[];
  by_model: (Tally & { model: string })[];
  by_action: { action: string; charges: number; tokens_charged: number; tokens_uncollected: number }[];
}

/** The statistics and the ledger audit of the administration. */
export function adminReportsSuite(engine: OpenedEngine): void {
  describe('the reports of the administration', () => {
    test('count accounts, chats and tokens, in total, by day and by model', async () => {
      const api = testApi(engine());
      const admin = await newAdmin(api);
      const today = new Date().toISOString().slice(0, 10);
      const target = `/api/admin/stats/?from=${today}&to=${today}`;
      const report = async () =>
        (await ask(api, 'GET', target, { auth: admin.auth })).body as unknown as Report;
      const before = await report();
      const { auth } = await newAccount(api);
      await chat(api, auth, 'one');
      await chat(api, auth, 'two');
      const failing = testApi(engine(), { models: [modelYielding()] });
      expect((await chat(failing, auth, 'three')).status).toBe(502);
      const after = await report();
      const grown = (name: keyof Tally) => after.totals[name] - before.totals[name];
      expect([grown('accounts'), grown('chats'), grown('tokens_charged')]).toEqual([1, 3, 200]);
      expect([grown('tokens_granted'), grown('failures')]).toEqual([4000, 1]);
      expect(after.by_day).toEqual([{ day: today, ...after.totals }]);
      const chats = after.by_model.map((tally) => tally.chats);
      expect(chats.reduce((sum, more) => sum + more, 0)).toBe(after.totals.chats);
      expect(after.by_model.map(({ model }) => model)).toContain('echo');
      expect(grown('active_accounts')).toBe(1);
    });

    test('count one account alone, by its id or its name, without what is of all accounts', async () => {
      const api = testApi(engine());
      const [admin, { auth, username }] = [await newAdmin(api), await newAccount(api)];
      await chat(api, auth, 'one');
      const read = async (user: string) =>
        (await ask(api, 'GET', `/api/admin/stats/?user=${user}`, { auth: admin.auth })).body;
      const own = await read(username);
      expect(own).toMatchObject({
        totals: { accounts: 1, active_accounts: 1, chats: 1, tokens_charged: 100 },
        ...{ latency_by_model: [], revenue: [], top_accounts: [] },
      });
      expect(await read(await idOf(api, auth))).toEqual(own);
      expect(await read('an-unknown-name')).toMatchObject({ totals: { chats: 0, accounts: 0 } });
    });

    test('have latencies and the accounts that were charged most', async () => {
      const api = testApi(engine());
      const [admin, { auth, username }] = [await newAdmin(api), await newAccount(api)];
      await chat(api, auth, 'one');
      const { body } = await ask(api, 'GET', '/api/admin/stats/', { auth: admin.auth });
      const latencies = body['latency_by_model'] as Record<'replies' | 'median_ms' | 'slow_ms', number>[];
      expect(latencies[0]?.replies).toBeGreaterThanOrEqual(1);
      expect(latencies[0]?.slow_ms).toBeGreaterThanOrEqual(latencies[0]?.median_ms ?? Infinity);
      const top = body['top_accounts'] as { username: string; tokens_charged: number }[];
      expect(top.length).toBeLessThanOrEqual(10);
      if (top.length < 10) expect(top.map((each) => each.username)).toContain(username);
      expect((await ask(api, 'GET', '/api/admin/stats/', { auth })).status).toBe(403);
    });

    test('have the conversations of an account, with their messages', async () => {
      const api = testApi(engine());
      const [admin, { auth }] = [await newAdmin(api), await newAccount(api)];
      const id = (await chat(api, auth, 'one')).body['conversation_id'] as string;
      const path = `/api/admin/users/${await idOf(api, auth)}/conversations/`;
      const read = (target: string) => ask(api, 'GET', target, { auth: admin.auth });
      expect((await read(path)).body).toMatchObject({ results: [{ id, title: 'one' }], next: null });
      expect((await read(`${path}${id}/`)).body).toMatchObject({ id, results: [{ message: 'one' }] });
      const own = `/api/admin/users/${await idOf(api, admin.auth)}/conversations/`;
      expect((await read(own)).body).toEqual({ results: [], next: null });
      expect((await read(`${own}${id}/`)).status).toBe(404);
      expect((await ask(api, 'GET', path, { auth })).status).toBe(403);
    });

    test('show how the models work, from the chats of all servers', async () => {
      const [name, fallback] = [freshName(), freshName()];
      const works = { ...modelYielding(textChunk('Hi'), { type: 'finish', reason: 'stop', usage: null }) };
      const api = testApi(engine(), { models: [{ ...works, name }] });
      const broken = { ...modelYielding(), name, retries: 0 };
      const [admin, { auth }] = [await newAdmin(api), await newAccount(api)];
      const health = async () => {
        const { body } = await ask(api, 'GET', '/api/admin/models/', { auth: admin.auth });
        return body['results'];
      };
      const nothing = { last_success_at: null, replies: 0, failures: 0, error_rate: null };
      expect(await health()).toMatchObject([{ name, default: true, health: nothing }]);
      const { created_at: createdAt } = (await chat(api, auth, 'one')).body;
      expect((await chat(testApi(engine(), { models: [broken] }), auth, 'two')).status).toBe(502);
      const falling = testApi(engine(), {
        models: [
          { ...broken, fallback },
          { ...works, name: fallback },
        ],
      });
      expect((await chat(falling, auth, 'three')).status).toBe(200);
      expect(await health()).toMatchObject([
        { health: { last_success_at: createdAt, replies: 1, failures: 2, error_rate: 2 / 3 } },
      ]);
      expect((await ask(api, 'GET', '/api/admin/models/', { auth })).status).toBe(403);
    });

    test('show what a chat cost beyond its hold, and what nothing covered', async () => {
      const usage = { input: 150, output: 1 };
      const reply = modelYielding(textChunk('Hello'), { type: 'finish', reason: 'stop', usage });
      const api = testApi(engine(), {
        policy: { startingCredits: 120 },
        models: [{ ...reply, price: { per1kInput: 1000, per1kOutput: 0 } }],
      });
      const [admin, { auth, username }] = [await newAdmin(api), await newAccount(api)];
      const sent = await chat(api, auth, 'Hello');
      expect(sent.body).toMatchObject({ tokens_charged: 120, remaining_tokens: 0 });
      const [listed] = (await ask(api, 'GET', `/api/admin/chats/?user=${username}`, { auth: admin.auth }))
        .body['results'] as Record<
        'id' | 'tokens_held' | 'tokens_beyond_hold' | 'tokens_uncollected',
        never
      >[];
      expect(listed).toMatchObject({ tokens_charged: 120, tokens_uncollected: 30 });
      expect(Number(listed?.tokens_held) + Number(listed?.tokens_beyond_hold)).toBe(120);
      const one = await ask(api, 'GET', `/api/admin/chats/${String(listed?.id)}/`, { auth: admin.auth });
      expect(one.body).toEqual(listed);
    });

    test('cover the last 30 days by default, and have every day of a range', async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      const { body } = await ask(api, 'GET', '/api/admin/stats/', { auth });
      const days = (body['by_day'] as { day: string }[]).map(({ day }) => day);
      expect(days).toHaveLength(30);
      expect([days[0], days[29]]).toEqual([body['from'], body['to']]);
      const leap = '/api/admin/stats/?from=2024-02-28&to=2024-03-01';
      const empty = (await ask(api, 'GET', leap, { auth })).body as unknown as Report;
      const nothing = {
        accounts: 0,
        active_accounts: 0,
        chats: 0,
        tokens_charged: 0,
        tokens_uncollected: 0,
        failures: 0,
        cancelled: 0,
        tokens_metered: 0,
        tokens_granted: 0,
        tokens_expired: 0,
      };
      expect(empty.by_day).toEqual(
        ['2024-02-28', '2024-02-29', '2024-03-01'].map((day) => ({ day, ...nothing })),
      );
      expect([empty.by_model, empty.by_action]).toEqual([[], []]);
    });

    test('count other actions, what nothing covered, allowances and what has expired', async () => {
      const api = testApi(engine(), {
        policy: { startingCredits: 0, allowance: { amount: 50, every: 'month' } },
      });
      const [admin, { auth }] = [await newAdmin(api), await newAccount(api)];
      const report = async () =>
        (await ask(api, 'GET', '/api/admin/stats/', { auth: admin.auth })).body as unknown as Report;
      const before = await report();
      const userId = await idOf(api, auth);
      const [image, document] = ['image', 'document'].map((name) => `${name}.${freshName()}`);
      const { id: holdId } = await api.core.metering.reserve({ userId, action: image ?? '', amount: 30 });
      await api.core.metering.settle({ holdId, amount: 60, units: null, details: null });
      const grant = { amount: 40, reason: 'spring', expires_at: new Date(Date.now() + 3_600_000) };
      await ask(api, 'POST', `/api/admin/users/${userId}/tokens/`, { auth: admin.auth, json: grant });
      await api.core.metering.spend({ userId, action: document ?? '', amount: 15 });
      await engine().ageLots(userId, 7_200_000);
      await balance(api, auth);
      const after = await report();
      const grown = (name: keyof Tally) => after.totals[name] - before.totals[name];
      expect([grown('tokens_metered'), grown('tokens_uncollected')]).toEqual([65, 10]);
      expect([grown('tokens_granted'), grown('tokens_expired')]).toEqual([90, 25]);
      expect([grown('chats'), grown('tokens_charged')]).toEqual([0, 0]);
      const user = await ask(api, 'GET', `/api/admin/users/${userId}/`, { auth: admin.auth });
      expect(user.body).toMatchObject({ tokens: 0, held: 0, uncollected: 10 });
      const charges = `/api/admin/entries/?user=${userId}&kind=charge`;
      expect((await ask(api, 'GET', charges, { auth: admin.auth })).body['results']).toMatchObject([
        { action: document, amount: -15, tokens_beyond_hold: 0, tokens_uncollected: 0 },
        { action: image, amount: -50, tokens_beyond_hold: 20, tokens_uncollected: 10 },
      ]);
      const { text } = await ask(api, 'GET', `${charges}&format=csv`, { auth: admin.auth });
      expect(text.split('\r\n').map((line) => line.split(',').slice(-4).join())).toEqual([
        ...['action,units,tokens_beyond_hold,tokens_uncollected', `${document ?? ''},,0,0`],
        ...[`${image ?? ''},,20,10`, ''],
      ]);
      const sum = (name: keyof Tally) => after.by_day.reduce((total, day) => total + day[name], 0);
      expect(sum('tokens_metered')).toBe(after.totals.tokens_metered);
      expect(after.by_action.filter(({ action }) => [image, document].includes(action))).toEqual([
        { action: image, charges: 1, tokens_charged: 50, tokens_uncollected: 10 },
        { action: document, charges: 1, tokens_charged: 15, tokens_uncollected: 0 },
      ]);
    });

    test.each([
      ['from=2024-03-02&to=2024-03-01', 'from'],
      ['from=2023-01-01&to=2024-01-02', 'from'],
      ['from=9999-01-01', 'from'],
      ['from=2024-02-30', 'from'],
      ['from=2024-01-01T00:00:00Z', 'from'],
      ['to=tomorrow', 'to'],
      ['to=', 'to'],
    ])('with %s are rejected', async (range, field) => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      const response = await ask(api, 'GET', `/api/admin/stats/?${range}`, { auth });
      expect(response.status).toBe(400);
      expect(Object.keys(response.body['errors'] as object)).toEqual([field]);
    });

    test('list the eight invariants, each with its violations', async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      const { status, body } = await ask(api, 'GET', '/api/admin/invariants/', { auth });
      expect(status).toBe(200);
      expect(body['results']).toEqual(
        Object.entries(invariantStatements).map(([name, sentence]) => ({
          ...{ name, sentence, violations: 0, passes: true },
        })),
      );
      expect(body).toMatchObject({ sound: true, overdue_holds: 0 });
    });

    test('show which invariant is broken', async () => {
      const opened = engine();
      const ledgerAudit = {
        ...opened.stores.ledgerAudit,
        inspect: async () => {
          const report = await opened.stores.ledgerAudit.inspect();
          return { ...report, broken: { ...report.broken, no_negative_balance: 3 } };
        },
      };
      const api = testApi({ ...opened, stores: { ...opened.stores, ledgerAudit } });
      const { auth } = await newAdmin(api);
      const { body } = await ask(api, 'GET', '/api/admin/invariants/', { auth });
      const failed = (body['results'] as { name: string; passes: boolean }[]).filter(({ passes }) => !passes);
      expect(failed).toMatchObject([{ name: 'no_negative_balance', violations: 3 }]);
      expect(body['sound']).toBe(false);
    });
  });
}
