import { expect } from 'expect';
import {
  raceForTheBalance,
  raceForTheEnd,
  raceOfManyUsers,
  raceToFinishTwice,
  type RaceReport,
} from './ledger-races.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/** How often each race runs. */
export interface RaceFigures {
  /** The seed of the random numbers. */
  seed: number;
  seeds: number;
  rounds: number;
  exchanges: number;
  crowds: number;
}

/**
 * Tests that parallel callers cannot break the ledger of an adapter. No other test may use the data of the harness meanwhile.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the stores that are tested.
 * @param figures How often each race is run.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { ledgerRacesContract } from 'metered-chat/testing';
 *
 * const figures = { seed: 1, seeds: 10, rounds: 100, exchanges: 200, crowds: 5 };
 * ledgerRacesContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness, figures);
 * ```
 */
export function ledgerRacesContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
  figures: RaceFigures,
): void {
  const { describe, test } = runner;
  describe(`ledger races: ${name}`, () => {
    const { seed } = figures;
    const harness = openedHarness(runner, openHarness);

    function report(what: string, { kept, of }: RaceReport, seeds: string): void {
      console.log(`${kept} of ${of} ${what}, on ${name} (${seeds})`);
      expect(kept).toBe(of);
    }

    test(`of 200 chats at once on a balance for 37, exactly 37 are reserved (seed ${seed})`, async () => {
      const seeds = Array.from({ length: figures.seeds }, (_, index) => seed + index);
      const kept = await raceForTheBalance(harness().stores, seeds);
      report('times, exactly 37 of 200 reservations', kept, `seeds from ${seed}`);
    });

    test(`a hold that is charged, released and expired at once ends once (seed ${seed})`, async () => {
      const kept = await raceForTheEnd(harness().stores, seed, figures.rounds);
      report('holds with one winner', kept, `seed ${seed}`);
    });

    test(`finishing exchanges twice by 20 workers charges each once (seed ${seed})`, async () => {
      const finished = await raceToFinishTwice(harness().stores, seed, figures.exchanges);
      report('captures', finished.settled, `seed ${seed}`);
      report('already final', finished.alreadyFinal, `seed ${seed}`);
    });

    test(`64 accounts at once end as each would have alone (seed ${seed})`, async () => {
      const kept = await raceOfManyUsers(harness().stores, seed, figures.crowds);
      report('accounts in a crowd, as if alone', kept, `seed ${seed}`);
    });
  });
}
