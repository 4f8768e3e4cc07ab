import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, chat, newAccount, newAdmin } from '../requests.js';
import { finish, modelYielding, text as textChunk } from '../test-models.js';
import { testApi, testPolicy } from '../test-api.js';

const unit = { name: 'USD', decimals: 6 };
const policy = { startingCredits: 1_234_567, creditUnit: 'USD', creditDecimals: 6 };
const models = [{ ...modelYielding(textChunk('Hello'), finish), price: { perMessage: 1 } }] as const;

/** Amounts in another unit than whole credits. */
export function creditUnitSuite(engine: OpenedEngine): void {
  describe('the unit of amounts', () => {
    test('is beside the integers of the API, which do not change', async () => {
      const api = testApi(engine(), { policy, models });
      const { auth } = await newAccount(api);
      const read = async (path: string) => (await ask(api, 'GET', path, { auth })).body;
      expect(await read('/api/tokens/')).toEqual({ tokens: policy.startingCredits, held: 0, unit });
      expect(await read('/api/me/')).toMatchObject({ tokens: policy.startingCredits, unit });
      expect(await read('/api/models/')).toMatchObject({ results: [{ price: { per_message: 1 } }], unit });
      const reply = await chat(api, auth, 'Hello');
      const left = { tokens_charged: 1, remaining_tokens: policy.startingCredits - 1 };
      expect(reply.body).toMatchObject(left);
      expect(reply.body).not.toHaveProperty('unit');
    });

    test('is in the headers of CSV files, whose numbers have all of their decimals', async () => {
      const api = testApi(engine(), { policy, models });
      const [admin, { auth, username }] = [await newAdmin(api), await newAccount(api)];
      await chat(api, auth, 'Hello');
      const table = async (target: string) => {
        const headers = { Accept: 'text/csv' };
        const { text } = await ask(api, 'GET', `/api/admin/${target}`, { auth: admin.auth, headers });
        return text
          .trimEnd()
          .split('\r\n')
          .map((line) => line.split(','));
      };
      const columnsOf = async (target: string, from: number, to: number) =>
        (await table(target)).map((cells) => cells.slice(from, to));
      expect(await columnsOf(`entries/?user=${username}`, 5, 7)).toEqual([
        ['amount (USD)', 'balance_after (USD)'],
        ['-0.000001', '1.234566'],
        ['1.234567', '1.234567'],
      ]);
      expect(await columnsOf(`users/?q=${username}`, 6, 8)).toEqual([
        ['tokens (USD)', 'held (USD)'],
        ['1.234566', '0.000000'],
      ]);
      expect(await columnsOf(`chats/?user=${username}`, 7, 8)).toEqual([
        ['tokens_charged (USD)'],
        ['0.000001'],
      ]);
    });

    test('has a name even without decimals', async () => {
      const api = testApi(engine(), { policy: { ...testPolicy, creditUnit: 'points' } });
      const { auth } = await newAdmin(api);
      const headers = { Accept: 'text/csv' };
      const { text } = await ask(api, 'GET', '/api/admin/users/?limit=1', { auth, headers });
      expect(text).toMatch(/^id,[^\r]*,tokens \(points\),held \(points\),/);
    });
  });
}
