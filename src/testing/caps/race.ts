import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'expect';
import { noWalletRules, type WalletRules } from '../../domain/metering/wallet-rules.js';
import type { Stores } from '../../ports/stores.js';
import {
  countOutcomes,
  createAccount,
  createKey,
  expectSound,
  newId,
  openSession,
  releaseOf,
  reserveRequest,
  settlementOf,
} from '../accounts.js';
import { newCap } from './new-cap.js';
import { seededRandom } from '../seeded-random.js';

/** The most holds of an account, of its key and of its model in a race. */
const most = { account: 37, key: 20, model: 15 };

/** The holds of a race by what they are for, and how many of them fit if they are alone. */
const uses = [
  { withKey: true, model: 'large' },
  { withKey: true, model: 'small' },
  { withKey: false, model: 'large' },
  { withKey: false, model: 'small' },
];

/**
 * Runs 200 parallel reservations below a cap on the account, one on its key and one on a model, for each of the seeds: as many
 * are reserved as fit, whichever they are, and every cap has counted exactly these. Then ends all of them at once. `servers`
 * are the stores of several servers of one database, which share the requests.
 */
export async function raceForTheCaps(
  stores: Stores,
  seeds: readonly number[],
  servers: readonly Stores[] = [stores],
): Promise<{ kept: number; of: number }> {
  let kept = 0;
  for (const seed of seeds) {
    await raceOnce(stores, seed, servers);
    kept += 1;
  }
  return { kept, of: seeds.length };
}

async function raceOnce(stores: Stores, seed: number, servers: readonly Stores[]): Promise<void> {
  const random = seededRandom(seed);
  const hold = 1 + random(500);
  const userId = await createAccount(stores, 300 * hold);
  const { sessionId } = await openSession(stores, userId);
  const { key } = await createKey(stores, { userId, sessionId });
  const keyId = key?.id ?? '';
  const limit = (count: number) => count * hold + random(hold);
  await stores.capStore.set(newCap(userId, { window: 'month', limit: limit(most.account) }));
  await stores.capStore.set(newCap(userId, { scope: 'key', keyId, limit: limit(most.key) }));
  await stores.capStore.set(
    newCap(userId, { scope: 'model', model: 'large', window: 'day', limit: limit(most.model) }),
  );
  const ledgerOf = (index: number) => (servers[index % servers.length] ?? stores).holdLedger;

  const reserved: { index: number; exchangeId: string; withKey: boolean; model: string }[] = [];
  const counts = await countOutcomes(200, async (index) => {
    const { withKey, model } = uses[random(uses.length)] ?? { withKey: false, model: 'small' };
    const idempotencyKey = random(2) === 0 ? null : `key ${index}`;
    for (let turns = random(4); turns > 0; turns -= 1) await nextTurn();
    const exchangeId = newId();
    const outcome = await ledgerOf(index).reserve(
      reserveRequest(userId, { exchangeId, hold, model, idempotencyKey, keyId: withKey ? keyId : null }),
    );
    if (outcome.outcome === 'reserved') reserved.push({ index, exchangeId, withKey, model });
    return outcome;
  });
  const spent = {
    account: reserved.length,
    key: reserved.filter(({ withKey }) => withKey).length,
    model: reserved.filter(({ model }) => model === 'large').length,
  };
  // Of 200 about 50 need neither the key nor the model, so that the account's cap is reached in every race.
  expect({ seed, ...counts }).toEqual({
    seed,
    reserved: most.account,
    cap_reached: 200 - most.account,
  });
  expect(spent.key).toBeLessThanOrEqual(most.key);
  expect(spent.model).toBeLessThanOrEqual(most.model);
  expect({ seed, spent: await spentOf(stores, userId) }).toEqual({
    seed,
    spent: [spent.account * hold, spent.key * hold, spent.model * hold],
  });
  await expectSound(stores);

  const captured = await Promise.all(
    reserved.map(async ({ index, exchangeId }) => {
      const exchange = { userId, exchangeId };
      const capture = random(3) * hold;
      if (random(3) === 0) {
        await ledgerOf(index).release(releaseOf(exchange));
        return 0;
      }
      const settled = await ledgerOf(index).settle(settlementOf(exchange, capture));
      return settled.outcome === 'settled' ? settled.captured : 0;
    }),
  );
  const [account] = await spentOf(stores, userId);
  expect(account).toBe(captured.reduce((sum, credits) => sum + credits, 0));
  await expectSound(stores);
}

async function spentOf(
  stores: Stores,
  userId: string,
  rules: WalletRules = noWalletRules,
): Promise<number[]> {
  const states = (await stores.capStore.states(userId, rules)) ?? [];
  expect(states.every(({ cap, spent }) => spent <= cap.limit)).toBe(true);
  return states.map(({ spent }) => spent);
}
