import { beforeEach, describe, expect, test, vi } from 'vitest';
import { meteredModel } from '../../../../src/adapters/ai/metering/metered-model.js';
import { openAccount, type MeteredAccount } from './metered-account.js';
import { sdkVersions, text, untilAborted } from './sdk-versions.js';

let account: MeteredAccount;
beforeEach(async () => {
  account = await openAccount();
});

/** 12 characters are 4 tokens by the estimate; the text of the reply is 3 tokens. */
const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello world!' }] }];
const estimatedInput = 4;

describe.each(sdkVersions)(
  'a metered model of specification $specification, whose caller leaves',
  ({ finish, model }) => {
    const metered = (...scripts: Parameters<typeof model>) => {
      const inner = model(...scripts);
      return { inner, outer: meteredModel(inner, account) };
    };

    const sentParts = [...text('Hi there'), finish('stop', { input: 10, output: 4 })];
    /** The parts that are read, and what they cost: the start of a text is no output. */
    const ends = [
      { readParts: 0, charge: [] },
      { readParts: 1, charge: [] },
      { readParts: 2, charge: [estimatedInput * 2 + 3 * 3] },
      { readParts: 3, charge: [estimatedInput * 2 + 3 * 3] },
      { readParts: 4, charge: [32] },
      { readParts: 5, charge: [32] },
    ];
    const leaving = ['cancels the stream', 'aborts the call'].flatMap((how) =>
      ends.map((end) => ({ how, ...end })),
    );

    test.each(leaving)('and $how after $readParts parts pays $charge', async ({ how, readParts, charge }) => {
      let closed = false;
      const { outer } = metered(async function* ({ abortSignal }) {
        try {
          yield* sentParts.slice(0, readParts);
          if (readParts < sentParts.length) await untilAborted(abortSignal);
        } finally {
          closed = true;
        }
      });
      const controller = new AbortController();
      const { stream } = await outer.doStream({ prompt, abortSignal: controller.signal });
      const reader = stream.getReader();
      for (let index = 0; index < readParts; index += 1) await reader.read();
      if (how === 'aborts the call') {
        const next = reader.read();
        controller.abort(new Error('enough'));
        if (readParts <= sentParts.length) await expect(next).rejects.toThrow('enough');
        else expect((await next).done).toBe(true);
      } else {
        await reader.cancel();
        await vi.waitUntil(() => closed || readParts === 0);
      }
      expect(await account.charges()).toEqual(charge);
      await account.expectSettled();
    });

    test('pays what came, even if the provider ignores that', async () => {
      const { outer } = metered(async function* () {
        yield* text('Hi there');
        await new Promise(() => undefined);
      });
      const controller = new AbortController();
      const { stream } = await outer.doStream({ prompt, abortSignal: controller.signal });
      const reader = stream.getReader();
      await reader.read();
      await reader.read();
      controller.abort(new Error('enough'));
      await expect(reader.read()).rejects.toThrow('enough');
      expect(await account.charges()).toEqual([estimatedInput * 2 + 3 * 3]);
      await account.expectSettled();
    });

    test('pays the flat price after the arguments of a tool began', async () => {
      const inner = model(async function* ({ abortSignal }) {
        yield { type: 'tool-input-start', id: '1', toolName: 'look' };
        await untilAborted(abortSignal);
      });
      const outer = meteredModel(inner, { ...account, price: { perMessage: 7 } });
      const { stream } = await outer.doStream({ prompt });
      const reader = stream.getReader();
      await reader.read();
      await reader.cancel();
      expect(await account.charges()).toEqual([7]);
    });

    test('is not asked for if the call is aborted before it begins', async () => {
      const { outer, inner } = metered(() => []);
      const abortSignal = AbortSignal.abort(new Error('enough'));
      await expect(outer.doStream({ prompt, abortSignal })).rejects.toThrow('enough');
      await expect(outer.doGenerate({ prompt, abortSignal })).rejects.toThrow('enough');
      expect(inner.calls).toEqual([]);
      await account.expectSettled();
    });

    test('pays nothing for a plain call that is aborted', async () => {
      const { outer } = metered(async function* ({ abortSignal }) {
        yield* text('Hi');
        await untilAborted(abortSignal);
      });
      const controller = new AbortController();
      const reply = outer.doGenerate({ prompt, abortSignal: controller.signal });
      setImmediate(() => {
        controller.abort();
      });
      await expect(reply).rejects.toThrow('The provider was stopped.');
      expect(await account.charges()).toEqual([]);
      await account.expectSettled();
    });
  },
);
