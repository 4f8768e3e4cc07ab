import { describe, expect, test } from 'vitest';
import { noLimits } from '../../../../src/domain/limits/rate-limits.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

const path = '/api/admin/vouchers/';
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

async function create(api: TestApi, json: Record<string, unknown> = {}) {
  const { auth } = await newAdmin(api);
  const created = await ask(api, 'POST', path, { auth, json: { count: 1, credits: 500, ...json } });
  const codes = created.body['codes'] as string[] | undefined;
  return { ...created, adminAuth: auth, id: created.body['id'] as string, code: codes?.[0] ?? '' };
}

function redeem(api: TestApi, auth: string, code: unknown) {
  return ask(api, 'POST', '/api/vouchers/redeem/', { auth, json: { code } });
}

/** Vouchers: batches of administrators, and their redemption. */
export function vouchersSuite(engine: OpenedEngine): void {
  describe('vouchers', () => {
    test('an administrator creates codes, and an account redeems one', async () => {
      const api = testApi(engine());
      const terms = { count: 3, credits: 500, max_redemptions: 2, name: 'Spring', expires_at: inAnHour() };
      const created = await create(api, { ...terms, credits_expire_after: '90d' });
      expect(created.status).toBe(201);
      const { codes, ...batch } = created.body;
      expect(batch).toMatchObject({ ...terms, credits_expire_after: '90d', redemptions: 0, ended_at: null });
      expect(new Set(codes as string[]).size).toBe(3);
      for (const code of codes as string[])
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      const { auth } = await newAccount(api);
      const redeemed = await redeem(api, auth, created.code);
      expect(redeemed.status).toBe(200);
      expect(redeemed.body).toMatchObject({ credits: 500, remaining_tokens: 4500 });
      const lastsMs =
        Date.parse(redeemed.body['expires_at'] as string) - Date.parse(redeemed.body['created_at'] as string);
      expect(Math.round(lastsMs / 86_400_000)).toBe(90);
      expect(await balance(api, auth)).toMatchObject({ tokens: 4500 });
      const lots = await ask(api, 'GET', '/api/tokens/lots/', { auth });
      const { id } = redeemed.body;
      expect((lots.body['results'] as unknown[])[0]).toMatchObject({ id, kind: 'voucher', priority: 20 });
      const entries = await ask(api, 'GET', '/api/tokens/entries/', { auth });
      const [entry] = entries.body['results'] as unknown[];
      expect(entry).toMatchObject({ id, kind: 'voucher', amount: 500, reason: 'Spring' });
      const list = await ask(api, 'GET', path, { auth: created.adminAuth });
      const listed = (list.body['results'] as { id: string }[]).find((each) => each.id === created.id);
      expect(listed).toEqual({ ...batch, redemptions: 1 });
      expect(list.text).not.toContain(created.code);
    });

    test('a code is read as a person types it', async () => {
      const api = testApi(engine());
      const { code } = await create(api, { max_redemptions: 10 });
      const typed = [
        code.toLowerCase(),
        code.replaceAll('-', ''),
        ` ${code.replaceAll('-', ' ')}\n`,
        code.replaceAll('-', '–'),
        code.replaceAll('0', 'O').replaceAll('1', 'l'),
      ];
      for (const each of typed) {
        const { auth } = await newAccount(api);
        expect((await redeem(api, auth, each)).status, JSON.stringify(each)).toBe(200);
      }
    });

    test('a code that cannot be redeemed is rejected with the reason, and nothing about others', async () => {
      const api = testApi(engine());
      const [owner, other] = [await newAccount(api), await newAccount(api)];
      const used = await create(api);
      const ended = await create(api);
      expect((await redeem(api, owner.auth, used.code)).status).toBe(200);
      const end = () => ask(api, 'DELETE', `${path}${ended.id}/`, { auth: ended.adminAuth });
      expect([(await end()).status, (await end()).status]).toEqual([204, 204]);
      const expired = await expiredCode();
      for (const [auth, code, status, problem] of [
        [owner.auth, used.code, 409, 'voucher_already_redeemed'],
        [other.auth, used.code, 409, 'voucher_exhausted'],
        [other.auth, ended.code, 409, 'voucher_ended'],
        [other.auth, expired, 409, 'voucher_expired'],
        [other.auth, '0000-0000-0000-0000', 404, 'voucher_not_found'],
        [other.auth, 'not a code', 404, 'voucher_not_found'],
        [other.auth, 'U'.repeat(16), 404, 'voucher_not_found'],
        [other.auth, ' - ', 404, 'voucher_not_found'],
        [other.auth, ' ', 400, 'invalid_input'],
      ] as const) {
        const rejected = await redeem(api, auth, code);
        expect([rejected.status, rejected.body['code']], code).toEqual([status, problem]);
        expect(rejected.text).not.toContain(owner.username);
      }
      expect(await balance(api, other.auth)).toMatchObject({ tokens: 4000 });
    });

    test('a voucher that does not fit into the balance is rejected and stays', async () => {
      const api = testApi(engine());
      const { code } = await create(api, { credits: Number.MAX_SAFE_INTEGER, max_redemptions: 1 });
      const rejected = await redeem(api, (await newAccount(api)).auth, code);
      expect([rejected.status, rejected.body['code']]).toEqual([409, 'balance_out_of_range']);
    });

    test('the codes can be a CSV file, and so can the list', async () => {
      const api = testApi(engine(), { policy: { creditUnit: 'USD', creditDecimals: 2 } });
      const { auth } = await newAdmin(api);
      const json = { count: 2, credits: 1234, name: '=1+1' };
      const made = await ask(api, 'POST', `${path}?format=csv`, { auth, json });
      expect([made.status, made.headers.get('Content-Type')]).toEqual([
        201,
        'text/csv; charset=utf-8; header=present',
      ]);
      expect(made.headers.get('Content-Disposition')).toMatch(
        /^attachment; filename="metered-chat-vouchers-/,
      );
      const [header, first, second, rest] = made.text.split('\r\n');
      expect([header, rest]).toEqual(['code,credits (USD),expires_at', '']);
      for (const row of [first, second]) expect(row).toMatch(/^[0-9A-Z-]{19},12\.34,$/);
      const code = first?.split(',')[0];
      expect((await redeem(api, (await newAccount(api)).auth, code)).status).toBe(200);
      const list = await ask(api, 'GET', path, { auth, headers: { Accept: 'text/csv' } });
      expect(list.text).toContain(",'=1+1,2,12.34,1,1,");
    });

    test.each([
      [{ count: 0 }, 'count'],
      [{ count: 10_001 }, 'count'],
      [{ count: 1.5 }, 'count'],
      [{ count: '1' }, 'count'],
      [{ credits: 0 }, 'credits'],
      [{ credits: -1 }, 'credits'],
      [{ credits: 2 ** 53 }, 'credits'],
      [{ max_redemptions: 0 }, 'max_redemptions'],
      [{ max_redemptions: 1_000_001 }, 'max_redemptions'],
      [{ expires_at: '2001-01-01T00:00:00Z' }, 'expires_at'],
      [{ expires_at: 'soon' }, 'expires_at'],
      [{ credits_expire_after: '0d' }, 'credits_expire_after'],
      [{ credits_expire_after: '36501d' }, 'credits_expire_after'],
      [{ credits_expire_after: 90 }, 'credits_expire_after'],
      [{ name: ' ' }, 'name'],
      [{ name: 'x'.repeat(101) }, 'name'],
      [{ name: 'a\0b' }, 'name'],
    ])('no vouchers are created with %j', async (json, field) => {
      const rejected = await create(testApi(engine()), json);
      expect([rejected.status, rejected.body['code']]).toEqual([400, 'invalid_input']);
      expect(Object.keys(rejected.body['errors'] as object)).toEqual([field]);
    });

    test('wrong codes are limited by account and by address, and right ones are not counted', async () => {
      const limits = {
        ...noLimits,
        wrongVouchersByUser: { max: 3, windowMs: 60_000 },
        wrongVouchersByAddress: { max: 5, windowMs: 60_000 },
      };
      const api = testApi(engine(), { policy: { limits } });
      const { body } = await create(api, { count: 9, max_redemptions: 3 });
      const codes = body['codes'] as string[];
      const [first, second] = [await newAccount(api), await newAccount(api)];
      for (const code of codes.slice(0, 6)) {
        const redeemed = await redeem(api, first.auth, code);
        expect([redeemed.status, redeemed.headers.get('RateLimit-Remaining')]).toEqual([200, '3']);
      }
      expect((await redeem(api, first.auth, codes[0])).status).toBe(409);
      const wrong = await Promise.all(
        Array.from({ length: 8 }, () => redeem(api, first.auth, 'AAAA-AAAA-AAAA-AAAA')),
      );
      expect(wrong.map(({ status }) => status).sort()).toEqual([404, 404, 404, 429, 429, 429, 429, 429]);
      const limited = await redeem(api, first.auth, codes[7]);
      expect([limited.status, limited.body['code']]).toEqual([429, 'rate_limited']);
      expect(limited.headers.get('Retry-After')).toMatch(/^\d+$/);
      expect((await redeem(api, second.auth, codes[7])).status).toBe(200);
    });

    test('only administrators create, list and end vouchers; an API key of an account redeems', async () => {
      const api = testApi(engine());
      const { id, code } = await create(api);
      const { auth } = await newAccount(api);
      for (const attempt of [
        ask(api, 'POST', path, { auth, json: { count: 1, credits: 1 } }),
        ask(api, 'GET', path, { auth }),
        ask(api, 'DELETE', `${path}${id}/`, { auth }),
      ]) {
        const { status, body } = await attempt;
        expect([status, body['code']]).toEqual([403, 'admin_required']);
      }
      const made = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'a program' } });
      expect((await redeem(api, made.body['key'] as string, code)).status).toBe(200);
    });

    test('the audit log and the export have the redemption', async () => {
      const api = testApi(engine());
      const created = await create(api);
      const { auth } = await newAccount(api);
      const { body } = await redeem(api, auth, created.code);
      await ask(api, 'DELETE', `${path}${created.id}/`, { auth: created.adminAuth });
      const audit = async (subject: unknown) => {
        const query = `/api/admin/audit/?subject=${String(subject)}`;
        const found = await ask(api, 'GET', query, { auth: created.adminAuth });
        return (found.body['results'] as { action: string }[]).map(({ action }) => action);
      };
      expect(await audit(created.id)).toEqual(['vouchers_ended', 'vouchers_created']);
      expect(await audit(body['id'])).toEqual(['voucher_redeemed']);
      const exported = await ask(api, 'GET', '/api/me/export/', { auth });
      const { vouchers } = exported.body;
      const { id, credits, created_at } = body;
      expect(vouchers).toEqual([{ id, batch_id: created.id, credits, created_at }]);
      expect(exported.text).not.toContain(created.code);
    });
  });

  /** A code whose batch has expired: the store creates it with an end in the past. */
  async function expiredCode(): Promise<string> {
    const { voucherStore } = engine().stores;
    const past = testApi({
      ...engine(),
      stores: {
        ...engine().stores,
        voucherStore: {
          ...voucherStore,
          create: ({ terms, ...batch }) =>
            voucherStore.create({ ...batch, terms: { ...terms, expiresAt: new Date(Date.now() - 1000) } }),
        },
      },
    });
    return (await create(past, { expires_at: inAnHour() })).code;
  }
}
