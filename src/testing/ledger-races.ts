import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'expect';
import { seededRandom } from './seeded-random.js';
import {
  allEntries,
  countOutcomes,
  createAccount,
  expectSound,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
} from './accounts.js';
import type { Stores } from '../ports/stores.js';
import { scenarios, scenariosWithFaults, type Scenario } from './many-user-scenarios.js';

/** How often a race ended as the contract says, of how many. */
export interface RaceReport {
  kept: number;
  of: number;
}

type Random = ReturnType<typeof seededRandom>;

/** Waits for some turns of the event loop, so that races start in different orders. */
async function stagger(random: Random): Promise<void> {
  for (let turns = random(4); turns > 0; turns -= 1) await nextTurn();
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const drawn = items.map((item) => ({ item, lot: random(2 ** 30) }));
  return drawn.sort((left, right) => left.lot - right.lot).map(({ item }) => item);
}

/** Runs 200 parallel reservations on a balance for 37, for each of the seeds. */
export async function raceForTheBalance(stores: Stores, seeds: readonly number[]): Promise<RaceReport> {
  let kept = 0;
  for (const seed of seeds) {
    const random = seededRandom(seed);
    const hold = 1 + random(500);
    const opening = 37 * hold + random(hold);
    const userId = await createAccount(stores, opening);
    const counts = await countOutcomes(200, async (index) => {
      const idempotencyKey = random(2) === 0 ? null : `key ${index}`;
      await stagger(random);
      return stores.holdLedger.reserve(reserveRequest(userId, { hold, idempotencyKey }));
    });
    expect({ seed, ...counts }).toEqual({ seed, reserved: 37, insufficient: 163 });
    expect(await stores.creditLedger.balance(userId)).toEqual({
      balance: opening - 37 * hold,
      held: 37 * hold,
    });
    await expectSound(stores);
    kept += 1;
  }
  return { kept, of: seeds.length };
}

/** Runs charges, releases and an expiry of one hold in parallel, repeatedly. Also ends every other hold. */
export async function raceForTheEnd(stores: Stores, seed: number, rounds: number): Promise<RaceReport> {
  const random = seededRandom(seed);
  const opening = rounds * 100;
  const userId = await createAccount(stores, opening);
  await stores.holdLedger.expireHolds({ everyOpen: true });
  let spent = 0;
  let kept = 0;
  for (let round = 0; round < rounds; round += 1) {
    const exchange = await openHold(stores, userId, { idempotencyKey: `round ${round}` });
    const capture = random(101);
    const settle = async () =>
      Number((await stores.holdLedger.settle(settlementOf(exchange, capture))).outcome === 'settled');
    const release = async () =>
      Number((await stores.holdLedger.release(releaseOf(exchange))).outcome === 'released');
    const expire = () => stores.holdLedger.expireHolds({ everyOpen: true });
    const racers = shuffled([settle, settle, release, release, expire], random);
    const wins = await Promise.all(
      racers.map(async (race) => {
        await stagger(random);
        return { settled: race === settle, won: await race() };
      }),
    );
    const winners = wins.filter(({ won }) => won > 0);
    if (winners.some(({ settled }) => settled)) spent += capture;
    const wonOnce = winners.reduce((total, { won }) => total + won, 0);
    expect({ seed, round, wonOnce }).toEqual({ seed, round, wonOnce: 1 });
    kept += 1;
  }
  expect(await stores.creditLedger.balance(userId)).toEqual({ balance: opening - spent, held: 0 });
  await expectSound(stores);
  return { kept, of: rounds };
}

/** Finishes every exchange twice, with different prices, by 20 workers that share one queue. */
export async function raceToFinishTwice(
  stores: Stores,
  seed: number,
  exchangeCount: number,
): Promise<{ settled: RaceReport; alreadyFinal: RaceReport }> {
  const random = seededRandom(seed);
  const userId = await createAccount(stores, exchangeCount * 100);
  const jobs = [];
  for (let index = 0; index < exchangeCount; index += 1) {
    const exchange = await openHold(stores, userId);
    jobs.push(settlementOf(exchange, random(101)), settlementOf(exchange, random(101)));
  }
  const queue = shuffled(jobs, random);
  let [settled, alreadyFinal, spent] = [0, 0, 0];
  const worker = async () => {
    for (let job = queue.pop(); job !== undefined; job = queue.pop()) {
      const { outcome } = await stores.holdLedger.settle(job);
      if (outcome === 'settled') [settled, spent] = [settled + 1, spent + job.capture];
      else alreadyFinal += 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  const balance = exchangeCount * 100 - spent;
  expect(await stores.creditLedger.balance(userId)).toEqual({ balance, held: 0 });
  expect(await allEntries(stores, userId)).toHaveLength(exchangeCount + 1);
  await expectSound(stores);
  return {
    settled: { kept: settled, of: exchangeCount },
    alreadyFinal: { kept: alreadyFinal, of: exchangeCount },
  };
}

/** Runs many accounts in parallel, each in a random scenario; each must end as if it had been alone. */
export async function raceOfManyUsers(
  stores: Stores,
  seed: number,
  rounds: number,
  users = 64,
): Promise<RaceReport> {
  const random = seededRandom(seed);
  let kept = 0;
  for (let round = 0; round < rounds; round += 1) {
    const choice = round % 2 === 0 ? scenarios : scenariosWithFaults;
    const drawn = Array.from({ length: users }, () => choice[random(choice.length)]);
    const going: Scenario[] = await Promise.all(
      drawn.flatMap((prepare) => (prepare === undefined ? [] : [prepare(stores, random)])),
    );
    const actions = shuffled(
      going.flatMap((scenario) => scenario.actions),
      random,
    );
    await Promise.all(
      actions.map(async (act) => {
        await stagger(random);
        await act();
      }),
    );
    for (const { check } of going) await check();
    await expectSound(stores);
    kept += users;
  }
  return { kept, of: rounds * users };
}
