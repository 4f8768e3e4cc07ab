import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/adapters/postgres/database.js';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';
import { noWalletRules } from '../../../src/domain/metering/wallet-rules.js';
import type { Stores } from '../../../src/ports/stores.js';
import {
  countOutcomes,
  createAccount,
  expectSound,
  openHold,
  reserveRequest,
  settlementOf,
} from '../../../src/testing/accounts.js';
import { raceForTheCaps } from '../../../src/testing/caps/race.js';
import { newCap } from '../../../src/testing/caps/new-cap.js';
import { chosenSeed } from '../../seed.js';
import { postgresAt, postgresTestDatabase } from '../../setup/databases.js';

let servers: [Stores, Stores];
let close: () => Promise<void>;

beforeAll(async () => {
  const { database, url, drop } = await postgresTestDatabase({ isMigrated: true });
  const second: Database = postgresAt(url, 20);
  servers = [postgresStores(database), postgresStores(second)];
  close = async () => {
    await second.close();
    await drop();
  };
});
afterAll(() => close());

test('of 200 at once on two servers below three caps, exactly as many are reserved as fit', async () => {
  const seed = chosenSeed();
  const { kept, of } = await raceForTheCaps(servers[0], [seed, seed + 1, seed + 2], servers);
  console.log(`${kept} of ${of} times exactly 37 of 200 on two servers (seeds from ${seed})`);
  expect(kept).toBe(of);
});

test('a cap that is set while accounts spend without one is exact from then on, on every server', async () => {
  const [first, second] = servers;
  const userId = await createAccount(first, 100_000);
  const stopped = { value: false };
  const spending = servers.map(async ({ holdLedger }) => {
    let spent = 0;
    while (!stopped.value) {
      const request = reserveRequest(userId, { hold: 10 });
      if ((await holdLedger.reserve(request)).outcome !== 'reserved') continue;
      const exchange = { userId, exchangeId: request.exchangeId };
      const settled = await holdLedger.settle(settlementOf(exchange, 7));
      if (settled.outcome === 'settled') spent += settled.captured;
    }
    return spent;
  });
  for (let index = 0; index < 5; index += 1) await openHold(second, userId, { hold: 1 });
  await first.capStore.set(newCap(userId, { limit: 20_000 }));
  await openHold(second, userId, { hold: 1 });
  await expectSound(first);
  await first.capStore.set(newCap(userId, { limit: 5000, window: 'month', setBy: 'account' }));
  for (let index = 0; index < 5; index += 1) await openHold(second, userId, { hold: 1 });
  stopped.value = true;
  const spent = (await Promise.all(spending)).reduce((sum, each) => sum + each, 0);
  const states = (await second.capStore.states(userId, noWalletRules)) ?? [];
  expect(states.map((state) => state.spent)).toEqual([spent + 11, spent + 11]);
  await expectSound(first);
});

test('servers of which one has default caps agree on what is spent', async () => {
  const userId = await createAccount(servers[0], 100_000);
  const capped = { ...noWalletRules, defaultCaps: [{ window: 'month', limit: 5000 }] } as const;
  const counts = await countOutcomes(100, async (index) => {
    const [rules, ledger] =
      index % 2 === 0 ? [capped, servers[0].holdLedger] : [noWalletRules, servers[1].holdLedger];
    const request = reserveRequest(userId, { rules });
    const reserved = await ledger.reserve(request);
    if (reserved.outcome !== 'reserved' || index % 3 !== 0) return reserved;
    return ledger.settle({ ...settlementOf({ userId, exchangeId: request.exchangeId }, 40), rules });
  });
  const { held = 0 } = (await servers[0].creditLedger.balance(userId)) ?? {};
  const [state] = (await servers[1].capStore.states(userId, capped)) ?? [];
  expect(state?.spent).toBe(held + (counts['settled'] ?? 0) * 40);
  await expectSound(servers[0]);
});

test('caps that are set and removed while an account spends never leave a wrong count', async () => {
  const userId = await createAccount(servers[0], 1_000_000);
  await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const stores = servers[index % 2] ?? servers[0];
      const cap = newCap(userId, { scope: 'model', model: `model ${index % 3}`, limit: 100_000 });
      if (index % 5 === 0) await stores.capStore.set(cap);
      const exchange = await openHold(stores, userId, { model: `model ${index % 3}` });
      if (index % 5 === 2) await stores.capStore.remove({ userId, capId: cap.id }, null);
      if (index % 2 === 0) await stores.holdLedger.settle(settlementOf(exchange, index));
      if (index % 5 === 0) await stores.capStore.remove({ userId, capId: cap.id }, null);
    }),
  );
  await expectSound(servers[0]);
  await openHold(servers[1], userId);
  await expectSound(servers[0]);
});
