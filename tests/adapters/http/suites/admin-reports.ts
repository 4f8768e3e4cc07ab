import { describe, expect, test } from 'vitest';
import { invariantStatements } from '../../../../src/domain/ledger/invariants.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, chat, newAccount, newAdmin } from '../requests.js';
import { testApi } from '../test-api.js';
import { modelYielding } from '../test-models.js';

type Tally = Record<'accounts' | 'chats' | 'tokens_charged' | 'tokens_granted' | 'failures', number>;

interface Report {
  from: string;
  to: string;
  totals: Tally;
  by_day: (Tally & { day: string })[];
  by_model: (Tally & { model: string })[];
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
        chats: 0,
        tokens_charged: 0,
        tokens_uncollected: 0,
        failures: 0,
        cancelled: 0,
        tokens_granted: 0,
      };
      expect(empty.by_day).toEqual(
        ['2024-02-28', '2024-02-29', '2024-03-01'].map((day) => ({ day, ...nothing })),
      );
      expect(empty.by_model).toEqual([]);
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
