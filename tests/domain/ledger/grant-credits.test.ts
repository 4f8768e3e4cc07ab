import { describe, expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { uuidIds } from '../../../src/adapters/system/system.js';
import { createAccount } from '../../../src/testing/accounts.js';
import { noWalletRules } from '../../../src/domain/metering/wallet-rules.js';
import { maxCredits } from '../../../src/domain/ledger/entry.js';
import {
  grantCredits,
  maxReasonChars,
  type GrantCreditsInput,
} from '../../../src/domain/ledger/grant-credits.js';

let now = new Date();
const stores = memoryStores({ now: () => now });
const ids = uuidIds();

function grant(input: Partial<GrantCreditsInput> & { userId: string }) {
  const deps = { creditLedger: stores.creditLedger, ids, policy: noWalletRules };
  return grantCredits(deps, { amount: 50, reason: 'a gift', idempotencyKey: null, ...input });
}

async function entriesOf(userId: string) {
  const { results } = await stores.creditLedger.entries(userId, { limit: 100, before: null });
  return results.map(({ kind, amount, reason }) => ({ kind, amount, reason }));
}

describe('a grant of credits', () => {
  test('is a grant if the amount is positive, and otherwise an adjustment, with its reason', async () => {
    const userId = await createAccount(stores, 100);
    await expect(grant({ userId, amount: 1 })).resolves.toMatchObject({
      entry: { userId, kind: 'grant', amount: 1, balanceAfter: 101, reason: 'a gift' },
      replayed: false,
    });
    await expect(grant({ userId, amount: -1, reason: 'a mistake' })).resolves.toMatchObject({
      entry: { kind: 'adjustment', amount: -1, balanceAfter: 100, reason: 'a mistake' },
      replayed: false,
    });
  });

  test('happens once with an idempotency key, and is then replayed', async () => {
    const userId = await createAccount(stores, 100);
    const first = await grant({ userId, idempotencyKey: 'once' });
    await expect(grant({ userId, idempotencyKey: 'once' })).resolves.toEqual({
      entry: first.entry,
      replayed: true,
    });
    await expect(entriesOf(userId)).resolves.toHaveLength(2);
  });

  test.each([
    ['amount', { amount: 51 }],
    ['reason', { reason: 'another' }],
    ['expiry', { expiresAt: new Date('2100-01-01T00:00:00Z') }],
    ['priority', { priority: 19 }],
  ])('is rejected with another %s and the same key', async (_, other) => {
    const userId = await createAccount(stores, 100);
    await grant({ userId, idempotencyKey: 'once' });
    await expect(grant({ userId, idempotencyKey: 'once', ...other })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
      message: 'This idempotency key was used with another amount, reason, expiry, priority or lot.',
    });
    await expect(entriesOf(userId)).resolves.toHaveLength(2);
  });

  test('is replayed with the default priority, given or not', async () => {
    const userId = await createAccount(stores, 100);
    await grant({ userId, idempotencyKey: 'once' });
    await expect(grant({ userId, idempotencyKey: 'once', priority: 20 })).resolves.toMatchObject({
      replayed: true,
    });
  });

  test('that removes credits is rejected with another lot and the same key', async () => {
    const userId = await createAccount(stores, 100);
    const [one, other] = [await grant({ userId }), await grant({ userId })].map(({ entry }) => entry.id);
    const removal = { userId, amount: -5, idempotencyKey: 'once' };
    await grant({ ...removal, lotId: one ?? null });
    await expect(grant({ ...removal, lotId: one?.toUpperCase() ?? null })).resolves.toMatchObject({
      replayed: true,
    });
    for (const lotId of [other ?? null, userId, null]) {
      await expect(grant({ ...removal, lotId })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    }
    await grant({ userId, amount: -5, idempotencyKey: 'unnamed' });
    const named = { userId, amount: -5, idempotencyKey: 'unnamed', lotId: one ?? null };
    await expect(grant(named)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await expect(entriesOf(userId)).resolves.toHaveLength(5);
  });

  test('is replayed after it has expired, while a new one must expire in the future', async () => {
    const userId = await createAccount(stores, 100);
    const expiresAt = new Date(now.getTime() + 1000);
    const first = await grant({ userId, expiresAt, idempotencyKey: 'once' });
    now = expiresAt;
    await expect(grant({ userId, expiresAt, idempotencyKey: 'once' })).resolves.toEqual({
      entry: first.entry,
      replayed: true,
    });
    await expect(grant({ userId, expiresAt, idempotencyKey: 'late' })).rejects.toMatchObject({
      code: 'invalid_input',
      details: { fieldErrors: { expires_at: ['Must be in the future.'] } },
    });
    await expect(entriesOf(userId)).resolves.toMatchObject([
      { kind: 'expiry', amount: -50 },
      { kind: 'grant', amount: 50 },
      { kind: 'grant', amount: 100 },
    ]);
  });

  test('requires an account', async () => {
    await expect(grant({ userId: ids.next() })).rejects.toMatchObject({
      code: 'not_found',
      message: 'There is no such account.',
    });
  });

  test('is rejected with the balance if that would be out of range', async () => {
    const userId = await createAccount(stores, 100);
    await expect(grant({ userId, amount: -101 })).rejects.toMatchObject({
      code: 'balance_out_of_range',
      message: `A balance must stay between 0 and ${maxCredits}.`,
      details: { balance: 100 },
    });
    await expect(grant({ userId, amount: -100 })).resolves.toMatchObject({ entry: { balanceAfter: 0 } });
  });

  const badAmount = [`Must be a whole number from -${maxCredits} to ${maxCredits}, other than 0.`];
  test.each([0, 1.5, maxCredits + 1, -maxCredits - 1, Number.NaN])(
    'refuses the amount %s',
    async (amount) => {
      const userId = await createAccount(stores, 100);
      const refused = expect(grant({ userId, amount })).rejects;
      await refused.toMatchObject({ code: 'invalid_input', details: { fieldErrors: { amount: badAmount } } });
      await expect(entriesOf(userId)).resolves.toHaveLength(1);
    },
  );

  test.each([
    [' \t ', 'Must not be blank.'],
    ['a\0b', expect.stringMatching(/^A reason .+\.$/) as unknown],
    ['🪙'.repeat(maxReasonChars + 1), `Must have at most ${maxReasonChars} characters.`],
  ])('is rejected with the reason %j', async (reason, fault) => {
    const userId = await createAccount(stores, 100);
    const refused = expect(grant({ userId, reason })).rejects;
    await refused.toMatchObject({ code: 'invalid_input', details: { fieldErrors: { reason: [fault] } } });
  });

  test('accepts a reason of the maximum length, in code points', async () => {
    const userId = await createAccount(stores, 100);
    const reason = '🪙'.repeat(maxReasonChars);
    await expect(grant({ userId, reason })).resolves.toMatchObject({ entry: { reason } });
  });

  test('is rejected with every problem of every field', async () => {
    const userId = await createAccount(stores, 100);
    await expect(grant({ userId, amount: 0, reason: '', idempotencyKey: '' })).rejects.toMatchObject({
      details: {
        fieldErrors: {
          amount: badAmount,
          reason: ['Must not be blank.'],
          'Idempotency-Key': [expect.any(String)],
        },
      },
    });
  });
});
