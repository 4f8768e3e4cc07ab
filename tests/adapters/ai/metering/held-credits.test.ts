import { beforeEach, describe, expect, test, vi } from 'vitest';
import { meteredModel } from '../../../../src/adapters/ai/metering/metered-model.js';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import { openAccount, type MeteredAccount } from './metered-account.js';
import { representative, text, untilAborted } from './sdk-versions.js';

let account: MeteredAccount;
beforeEach(async () => {
  account = await openAccount();
});

/** 12 characters are 4 tokens by the estimate; the text of the reply is 3 tokens. */
const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello world!' }] }];
const estimatedInput = 4;

describe('the hold of a metered model', () => {
  const { model, finish } = representative;

  test('is renewed while a reply runs for 20 minutes', async () => {
    vi.useFakeTimers();
    try {
      const renew = vi.spyOn(account.core.metering, 'renew');
      const proceed = new AbortController();
      const waiting = untilAborted(proceed.signal).catch(() => undefined);
      const outer = meteredModel(
        model(async function* () {
          yield* text('Hi');
          await waiting;
          yield finish('stop', { input: 10, output: 4 });
        }),
        account,
      );
      const { stream } = await outer.doStream({ prompt });
      const reading = stream.pipeTo(new WritableStream());
      for (let minute = 0; minute < 20; minute += 1) {
        await vi.advanceTimersByTimeAsync(60_000);
        await account.core.chat.expireHolds({ caller: operatorCaller, everyOpen: false });
      }
      proceed.abort();
      await reading;
      expect(await account.charges()).toEqual([32]);
      expect(renew.mock.calls.length).toBeGreaterThanOrEqual(20);
      await vi.advanceTimersByTimeAsync(600_000);
      const { length } = renew.mock.calls;
      await vi.advanceTimersByTimeAsync(600_000);
      expect(renew.mock.calls.length).toBe(length);
    } finally {
      vi.useRealTimers();
    }
    await account.expectSettled();
  });

  test('that is lost ends the call with its reason, and charges nothing', async () => {
    const reserve = vi.spyOn(account.core.metering, 'reserve');
    vi.useFakeTimers();
    try {
      const outer = meteredModel(
        model(async function* ({ abortSignal }) {
          yield* text('Hi');
          await untilAborted(abortSignal);
        }),
        account,
      );
      const { stream } = await outer.doStream({ prompt });
      const reading = expect(stream.pipeTo(new WritableStream())).rejects.toMatchObject({
        code: 'hold_ended',
      });
      const [reserved] = reserve.mock.settledResults;
      if (reserved?.type !== 'fulfilled') throw new TypeError('Nothing is held.');
      await account.core.metering.release({ holdId: reserved.value.id });
      await vi.advanceTimersByTimeAsync(60_000);
      await reading;
    } finally {
      vi.useRealTimers();
    }
    expect(await account.charges()).toEqual([]);
    await account.expectSettled();
  });

  test('ends after an hour, with a charge for what came', async () => {
    vi.useFakeTimers();
    try {
      const outer = meteredModel(
        model(async function* () {
          yield* text('Hi there');
          await new Promise(() => undefined);
        }),
        account,
      );
      const { stream } = await outer.doStream({ prompt });
      const reading = expect(stream.pipeTo(new WritableStream())).rejects.toThrow('more than an hour');
      await vi.advanceTimersByTimeAsync(62 * 60_000);
      await reading;
    } finally {
      vi.useRealTimers();
    }
    expect(await account.charges()).toEqual([estimatedInput * 2 + 3 * 3]);
    await account.expectSettled();
  });

  test('is released if the call is aborted while it is reserved, and the provider is not asked', async () => {
    const controller = new AbortController();
    const { reserve } = account.core.metering;
    vi.spyOn(account.core.metering, 'reserve').mockImplementation(async (input) => {
      const reserved = await reserve(input);
      controller.abort(new Error('enough'));
      return reserved;
    });
    const inner = model(() => []);
    const asked = { prompt, abortSignal: controller.signal };
    await expect(meteredModel(inner, account).doStream(asked)).rejects.toThrow('enough');
    expect(inner.calls).toEqual([]);
    await account.expectSettled();
  });

  test('is not ended twice if the ledger fails: the stream fails with its error', async () => {
    const release = vi.spyOn(account.core.metering, 'release');
    vi.spyOn(account.core.metering, 'settle').mockRejectedValue(new Error('The database is away.'));
    const outer = meteredModel(
      model(() => [...text('Hi'), finish('stop', { input: 1, output: 1 })]),
      account,
    );
    const { stream } = await outer.doStream({ prompt });
    await expect(stream.pipeTo(new WritableStream())).rejects.toThrow('The database is away.');
    expect(release).not.toHaveBeenCalled();
  });
});
