import { expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { emptyState } from '../../../src/adapters/memory/state.js';
import { auditLedger } from '../../../src/domain/admin/audit-ledger.js';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { noWalletRules } from '../../../src/domain/metering/wallet-rules.js';
import { isSound } from '../../../src/domain/ledger/invariants.js';
import type { LotLedger } from '../../../src/ports/lot-ledger.js';
import { createAccount, entryIds, newId } from '../../../src/testing/accounts.js';

const minuteMs = 60_000;
let nowMs = Date.UTC(2030, 0, 1);
const state = emptyState();
const stores = memoryStores({ now: () => new Date(nowMs) }, state);

async function grantFor(minutes: number): Promise<string> {
  const userId = await createAccount(stores, 100);
  const grant = { id: newId(), userId, kind: 'grant', amount: 50, reason: null } as const;
  const lot = { expiresAt: new Date(nowMs + minutes * minuteMs), priority: null };
  await stores.creditLedger.post({ ...grant, lot });
  return userId;
}

function audit(lotLedger: Pick<LotLedger, 'expireLots'> = stores.lotLedger) {
  const deps = { ledgerAudit: stores.ledgerAudit, lotLedger, ids: entryIds, policy: noWalletRules };
  return auditLedger(deps, { caller: operatorCaller });
}

test('a ledger that no server has used for days is sound: what has expired leaves before it is audited', async () => {
  const userId = await grantFor(10);
  nowMs += 3 * 24 * 60 * minuteMs;
  expect((await stores.ledgerAudit.inspect()).broken.lots_end_in_time).toBe(1);
  const report = await audit();
  expect(isSound(report)).toBe(true);
  expect(await stores.creditLedger.balance(userId)).toEqual({ balance: 100, held: 0 });
});

test('what expires while very many accounts are brought up to date is no violation', async () => {
  await grantFor(10);
  await grantFor(11);
  nowMs += 10 * minuteMs;
  const slowly: Pick<LotLedger, 'expireLots'> = {
    async expireLots(ids) {
      const swept = await stores.lotLedger.expireLots(ids);
      if (swept > 0) nowMs += 5 * minuteMs;
      return swept;
    },
  };
  expect(isSound(await audit(slowly))).toBe(true);
});

test('what is left of an expired lot although its account is up to date is a violation', async () => {
  const userId = await grantFor(10);
  nowMs += 13 * minuteMs;
  await audit();
  const account = state.accounts.get(userId);
  for (const lot of account?.lots.values() ?? []) {
    if (lot.expiresAt !== null) account?.lots.set(lot.id, { ...lot, left: 1 });
  }
  const unswept = { expireLots: () => Promise.resolve(0) };
  expect((await audit(unswept)).broken.lots_end_in_time).toBe(1);
});
