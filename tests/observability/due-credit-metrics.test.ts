import { afterAll, expect, test } from 'vitest';
import { postgresStores } from '../../src/adapters/postgres/postgres-stores.js';
import { noWalletRules } from '../../src/domain/metering/wallet-rules.js';
import { withDueCreditMetrics } from '../../src/observability/due-credit-metrics.js';
import { createMetrics, readMetrics } from '../../src/observability/metrics.js';
import { createAccount, entryIds, newId, reserveRequest } from '../../src/testing/accounts.js';
import { embeddedTestDatabase } from '../setup/databases.js';

const opened = await embeddedTestDatabase({ isMigrated: true });
afterAll(() => opened.drop());

test('allowances and expired credits are counted once, when they are committed', async () => {
  const metrics = createMetrics();
  const database = withDueCreditMetrics(opened.database, metrics);
  const stores = postgresStores(database);
  const counted = async () =>
    (await readMetrics(metrics)).text
      .split('\n')
      .filter((line) => /^metered_chat_tokens_(granted|expired)_total[ {]/.test(line));
  const rules = { ...noWalletRules, allowance: { amount: 300, every: 'month' } } as const;
  const userId = await createAccount(stores, 0);
  await stores.holdLedger.reserve(reserveRequest(userId, { rules }));
  await stores.creditLedger.balance(userId, { rules, ids: entryIds });
  expect(await counted()).toEqual([
    'metered_chat_tokens_granted_total{kind="allowance"} 300',
    'metered_chat_tokens_expired_total 0',
  ]);

  const grant = { id: newId(), userId, kind: 'grant', amount: 70, reason: null } as const;
  await stores.creditLedger.post({
    ...grant,
    lot: { expiresAt: new Date(Date.now() + 3_600_000), priority: null },
  });
  await database.query({ text: `update lots set expires_at = now() where id = $1`, values: [grant.id] });
  await stores.lotLedger.expireLots(entryIds);
  await stores.lotLedger.expireLots(entryIds);
  expect(await counted()).toContain('metered_chat_tokens_expired_total 70');

  const failure = new Error('The transaction fails after its statements.');
  const failing = database.transaction(async (within) => {
    await within.query({ text: 'select 1', dueCredits: { allowance: 5, expiry: 6 } });
    throw failure;
  });
  await expect(failing).rejects.toBe(failure);
  expect(await counted()).toEqual([
    'metered_chat_tokens_granted_total{kind="allowance"} 300',
    'metered_chat_tokens_expired_total 70',
  ]);
});
