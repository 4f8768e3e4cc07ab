import { stopRequestsEveryMs } from '../../../../src/domain/chat/running-replies.js';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../../src/ports/clock.js';
import type { OpenedEngine } from '../api-suites.js';
import { eventReader, openStream, stream } from '../events.js';
import { ask, balance, chat, exchanges, newAccount, until } from '../requests.js';
import { testApi } from '../test-api.js';
import { text, waitingModel } from '../test-models.js';

/** Renewal of holds while a model works. */
export function holdRenewalSuite(engine: OpenedEngine): void {
  describe('the hold of a slow reply', () => {
    test('is renewed as long as the model works, and no longer', async () => {
      const clock = manualClock();
      const model = waitingModel();
      const leaseMs = 600;
      const api = testApi(engine(), { clock, models: [model], policy: { holdLeaseMs: leaseMs } });
      const { auth } = await newAccount(api);
      const response = chat(api, auth, 'Hi');
      await until(() => model.requests.length === 1);
      expect(clock.running()).toEqual([stopRequestsEveryMs, leaseMs / 3]);
      for (let round = 0; round < 6; round += 1) {
        // The stores use their own clock, so real time must pass.
        await delay(leaseMs / 3);
        clock.advance(leaseMs / 3);
        expect(await engine().stores.holdLedger.expireHolds({ everyOpen: false })).toBe(0);
      }
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 100 });
      model.letGo();
      expect((await response).status).toBe(200);
      expect(clock.running()).toEqual([]);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('is renewed with the partial reply, which remains if the server dies', async () => {
      const clock = savingClock();
      const model = waitingModel({ before: [text('Once '), text('upon ')] });
      const api = testApi(engine(), { clock, models: [model] });
      const { auth } = await newAccount(api);
      const reader = eventReader(await openStream(api, auth, 'Hello'));
      expect((await reader.next())?.data).toEqual({ text: 'Once ' });
      expect(await exchanges(api, auth)).toMatchObject([{ response: null, incomplete: false }]);
      expect(clock.delaysMs()).toContain(3000);
      clock.save();
      await until(async () => (await exchanges(api, auth))[0]?.['response'] !== null);
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'pending', response: 'Once ', incomplete: true, tokens_charged: 0 },
      ]);
      await reader.next();
      // As the next start after a killed process does.
      await engine().stores.holdLedger.expireHolds({ everyOpen: true });
      const left = { status: 'failed', response: 'Once ', incomplete: true, tokens_charged: 0 };
      expect(await exchanges(api, auth)).toMatchObject([left]);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      const exported = await ask(api, 'GET', '/api/me/export/', { auth });
      expect(exported.body).toMatchObject({ chats: [left] });
      await reader.leave();
      const conversation = String((await exchanges(api, auth))[0]?.['conversation_id']);
      const next = stream(api, auth, 'Again', { conversationId: conversation });
      await until(() => model.requests.length === 2);
      expect(model.requests[1]?.messages).toEqual([
        { role: 'user', parts: [{ type: 'text', text: 'Again' }] },
      ]);
      model.letGo();
      expect((await next).status).toBe(200);
    });

    test('expires after its lease if it is not renewed: the late reply is 504 and nothing is charged', async () => {
      const model = waitingModel();
      const policy = { holdLeaseMs: 20 };
      const api = testApi(engine(), { clock: manualClock(), models: [model], policy });
      const { auth } = await newAccount(api);
      const response = chat(api, auth, 'Hi');
      await until(() => model.requests.length === 1);
      await until(async () => (await engine().stores.holdLedger.expireHolds({ everyOpen: false })) > 0);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      model.letGo();
      expect((await response).status).toBe(504);
      expect((await response).body).toMatchObject({ code: 'provider_timeout' });
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'failed', tokens_charged: 0 }]);
    });
  });
}

/** A clock whose first save a test triggers. */
function savingClock(): Clock & { save(): void; delaysMs(): number[] } {
  const timers = new Set<{ delayMs: number; run: () => void }>();
  return {
    now: () => new Date(0),
    every: () => () => undefined,
    after(delayMs, run) {
      const timer = { delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    save() {
      for (const { delayMs, run } of timers) if (delayMs === 3000) run();
    },
    delaysMs: () => [...timers].map(({ delayMs }) => delayMs),
  };
}

/** A clock that a test advances. */
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
