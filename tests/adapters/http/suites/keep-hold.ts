import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../../src/ports/clock.js';
import type { OpenedEngine } from '../api-suites.js';
import { balance, chat, exchanges, newAccount, until } from '../requests.js';
import { testApi } from '../test-api.js';
import { waitingModel } from '../test-models.js';

/** Holds that live as long as their exchange. */
export function keepHoldSuite(engine: OpenedEngine): void {
  describe('the hold of a slow reply', () => {
    test('is renewed for as long as the model works, and no longer', async () => {
      const clock = manualClock();
      const model = waitingModel();
      const leaseMs = 600;
      const api = testApi(engine(), { clock, models: [model], policy: { holdLeaseMs: leaseMs } });
      const { auth } = await newAccount(api);
      const answer = chat(api, auth, 'Hi');
      await until(() => model.requests.length === 1);
      expect(clock.running()).toEqual([leaseMs / 3]);
      for (let round = 0; round < 6; round += 1) {
        // The stores go by their own clock, so that this time has to pass.
        await delay(leaseMs / 3);
        clock.advance(leaseMs / 3);
        expect(await engine().stores.chatLedger.expireHolds({ everyOpen: false })).toBe(0);
      }
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 100 });
      model.letGo();
      expect((await answer).status).toBe(200);
      expect(clock.running()).toEqual([]);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('that nobody renews ends after its lease: the late reply is 504 and nothing is charged', async () => {
      const model = waitingModel();
      const policy = { holdLeaseMs: 20 };
      const api = testApi(engine(), { clock: manualClock(), models: [model], policy });
      const { auth } = await newAccount(api);
      const answer = chat(api, auth, 'Hi');
      await until(() => model.requests.length === 1);
      await until(async () => (await engine().stores.chatLedger.expireHolds({ everyOpen: false })) > 0);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      model.letGo();
      expect((await answer).status).toBe(504);
      expect((await answer).body).toMatchObject({ code: 'provider_timeout' });
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'failed', tokens_charged: 0 }]);
    });
  });
}

/** A clock that a test moves by hand. */
function manualClock(): Clock & { advance(byMs: number): void; running(): number[] } {
  let nowMs = 0;
  const timers = new Set<{ intervalMs: number; run: () => void }>();
  return {
    now: () => new Date(nowMs),
    every(intervalMs, run) {
      const timer = { intervalMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    after: () => () => undefined,
    advance(byMs) {
      nowMs += byMs;
      for (const timer of timers) timer.run();
    },
    running: () => [...timers].map(({ intervalMs }) => intervalMs),
  };
}
