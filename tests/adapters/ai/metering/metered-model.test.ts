import { beforeEach, describe, expect, test } from 'vitest';
import { meteredModel } from '../../../../src/adapters/ai/metering/metered-model.js';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import { openAccount, usagePrice, type MeteredAccount } from './metered-account.js';
import { sdkVersions, representative, text, toolCall, type Part } from './sdk-versions.js';

let account: MeteredAccount;
beforeEach(async () => {
  account = await openAccount();
});

/** 12 characters are 4 tokens by the estimate; the text of the reply is 3 tokens. */
const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello world!' }] }];
const estimatedInput = 4;

describe.each(sdkVersions)('a metered model of specification $specification', (version) => {
  const { finish, model } = version;

  const metered = (...scripts: Parameters<typeof model>) => {
    const inner = model(...scripts);
    return { inner, outer: meteredModel(inner, account) };
  };

  async function read(outer: ReturnType<typeof model>, options: { abortSignal?: AbortSignal } = {}) {
    const { stream } = await outer.doStream({ prompt, ...options });
    const parts: Part[] = [];
    for await (const part of stream) parts.push(part);
    return parts;
  }

  test('charges a stream by its usage, and passes its parts on unchanged', async () => {
    const reply = [...text('Hi', ' there'), finish('stop', { input: 10, output: 4 })];
    const { outer, inner } = metered(() => reply);
    expect(await read(outer)).toEqual(reply);
    expect(await account.charges()).toEqual([10 * 2 + 4 * 3]);
    expect(inner.calls[0]).toMatchObject({ prompt, maxOutputTokens: 50 });
    const { results } = await account.core.ledger.entries(
      { caller: operatorCaller, userId: account.userId },
      { limit: 1, before: null },
    );
    expect(results[0]).toMatchObject({
      action: 'model.call',
      details: { model: 'test-model', input_tokens: 10 },
    });
    await account.expectSettled();
  });

  test('charges a plain reply by its usage', async () => {
    const { outer } = metered(() => [...text('Hi'), finish('length', { input: 10, output: 50 })]);
    expect(await outer.doGenerate({ prompt })).toMatchObject({ content: [{ type: 'text', text: 'Hi' }] });
    expect(await account.charges()).toEqual([10 * 2 + 50 * 3]);
    await account.expectSettled();
  });

  test('charges a flat price for each call, and then sends no limit for the output', async () => {
    const inner = model(() => [...text('Hi'), finish('stop', {})]);
    const outer = meteredModel(Object.assign(inner, { modelId: 'other' }), {
      ...account,
      price: { perMessage: 7 },
    });
    await read(outer);
    await outer.doGenerate({ prompt });
    expect(await account.charges()).toEqual([7, 7]);
    expect(inner.calls.map((call) => 'maxOutputTokens' in call)).toEqual([false, false]);
  });

  test('charges the estimate if the provider reports no usage', async () => {
    const { outer } = metered(() => [...text('Hi there'), finish('stop', {})]);
    await read(outer);
    expect(await account.charges()).toEqual([estimatedInput * 2 + 3 * 3]);
  });

  test('charges a reply without text whose provider completed it', async () => {
    const { outer } = metered(() => [finish('content-filter', { input: 10, output: 0 })]);
    await read(outer);
    expect(await account.charges()).toEqual([20]);
  });

  test('charges no more than the context and the limit of the model', async () => {
    const { outer } = metered(() => [...text('Hi'), finish('stop', { input: 10_000, output: 10_000 })]);
    await read(outer);
    expect(await account.charges()).toEqual([200 * 2 + 50 * 3]);
  });

  test('sends the lower of the two limits for the output, and holds for it', async () => {
    let held = 0;
    const { outer, inner } = metered(async function* () {
      ({ held } = await account.balance());
      yield finish('stop', { input: 1, output: 1 });
    });
    const { stream } = await outer.doStream({ prompt, maxOutputTokens: 5 });
    await stream.pipeTo(new WritableStream());
    expect(inner.calls[0]?.maxOutputTokens).toBe(5);
    expect(held).toBeGreaterThanOrEqual(estimatedInput * 2 + 5 * 3);
    expect(held).toBeLessThan(estimatedInput * 2 + 50 * 3);
  });

  test('the charge is in the ledger before the end of the stream is read', async () => {
    const { outer } = metered(() => [...text('Hi'), finish('stop', { input: 10, output: 4 })]);
    const { stream } = await outer.doStream({ prompt });
    for await (const part of stream) {
      if (part.type === 'finish') expect(await account.charges()).toEqual([32]);
      else expect(await account.charges()).toEqual([]);
    }
  });

  test('reads no further than its reader', async () => {
    let sent = 0;
    const { outer } = metered(function* () {
      for (const part of [...text('a', 'b', 'c'), finish('stop', { input: 1, output: 1 })]) {
        sent += 1;
        yield part;
      }
    });
    const { stream } = await outer.doStream({ prompt });
    const reader = stream.getReader();
    expect(sent).toBe(0);
    await reader.read();
    await reader.read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toBe(2);
    await reader.cancel();
  });

  describe.each([['throws before its reply', () => Promise.reject(new Error('down'))]])(
    'whose provider %s',
    (_, fail) => {
      test('charges nothing and rejects with the error of the provider', async () => {
        const inner = model(() => []);
        Object.assign(inner, { doStream: fail, doGenerate: fail });
        const outer = meteredModel(inner, account);
        await expect(outer.doStream({ prompt })).rejects.toThrow('down');
        await expect(outer.doGenerate({ prompt })).rejects.toThrow('down');
        expect(await account.charges()).toEqual([]);
        await account.expectSettled();
      });
    },
  );

  test.each<{ failure: string; parts: Part[] }>([
    { failure: 'ends without a reason', parts: text('Hi') },
    {
      failure: 'fails with an error as its reason',
      parts: [...text('Hi'), finish('error', { input: 3, output: 1 })],
    },
    {
      failure: 'is cut off, which models report as an unknown reason without usage',
      parts: [...text('Hi'), finish(version.specification === 'v2' ? 'unknown' : 'other', {})],
    },
    {
      failure: 'reports an error, whatever follows',
      parts: [...text('Hi'), { type: 'error', error: 'down' }, finish('stop', { input: 3, output: 1 })],
    },
  ])('charges nothing for a reply that $failure', async ({ parts }) => {
    const { outer } = metered(() => parts);
    expect(await read(outer)).toEqual(parts);
    expect(await account.charges()).toEqual([]);
    await account.expectSettled();
  });

  test('charges nothing for a stream that breaks', async () => {
    const { outer } = metered(function* () {
      yield* text('Hi');
      throw new TypeError('The connection was lost.');
    });
    await expect(read(outer)).rejects.toThrow('The connection was lost.');
    expect(await account.charges()).toEqual([]);
    await account.expectSettled();
  });

  test('counts what a prompt with images, files, tools and results has, if the usage is not reported', async () => {
    const { outer } = metered(() => [toolCall('1', 'look', { at: 'é' }), finish('tool-calls', {})]);
    const image = new Uint8Array(64).fill(255);
    const data =
      version.specification === 'v4' ? ({ type: 'data', data: image } as unknown as Uint8Array) : image;
    const { stream } = await outer.doStream({
      prompt: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: [{ type: 'file', mediaType: 'image/png', data }] },
        {
          role: 'assistant',
          content: [{ type: 'tool-call', toolCallId: '0', toolName: 'look', input: { at: 1 } }],
        },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId: '0',
              toolName: 'look',
              output: { type: 'json', value: [1, 2, 3] },
            },
          ],
        },
      ],
      tools: [{ type: 'function', name: 'look', inputSchema: { type: 'object' } }],
    });
    await stream.pipeTo(new WritableStream());
    // The image alone is more than the context of 200 tokens.
    expect(await account.charges()).toEqual([200 * 2 + 5 * 3]);
  });

  describe('is rejected before the provider is asked', () => {
    test.each([undefined, '', () => undefined, () => ''])('for a user that is %o', async (userId) => {
      const inner = model(() => []);
      const outer = meteredModel(inner, { ...account, userId: userId as string });
      await expect(outer.doStream({ prompt })).rejects.toThrow(TypeError);
      await expect(outer.doGenerate({ prompt })).rejects.toThrow('names no user');
      expect(inner.calls).toEqual([]);
    });

    test('for an account that does not exist', async () => {
      const inner = model(() => []);
      const outer = meteredModel(inner, { ...account, userId: 'unknown' });
      await expect(outer.doStream({ prompt })).rejects.toMatchObject({ code: 'not_found' });
      expect(inner.calls).toEqual([]);
    });

    test('if the balance is too low', async () => {
      account = await openAccount(20);
      const { outer, inner } = metered(() => []);
      const rejection = { code: 'insufficient_credits', details: { balance: 20 } };
      await expect(outer.doStream({ prompt })).rejects.toMatchObject(rejection);
      await expect(outer.doGenerate({ prompt })).rejects.toMatchObject(rejection);
      expect(inner.calls).toEqual([]);
      await account.expectSettled();
    });
  });

  test('names its user for each call', async () => {
    const other = await openAccount();
    const users = [account.userId];
    const outer = meteredModel(
      model(() => [finish('stop', { input: 1, output: 1 })]),
      {
        core: account.core,
        userId: () => users.pop(),
      },
    );
    await read(outer);
    await expect(read(outer)).rejects.toThrow('names no user');
    expect(await account.charges()).toEqual([5]);
    expect(await other.charges()).toEqual([]);
  });
});

describe('the price of a metered model', () => {
  const { model } = representative;

  test('is required if the core has no offer of its name', () => {
    const inner = Object.assign(
      model(() => []),
      { modelId: 'other' },
    );
    expect(() => meteredModel(inner, account)).toThrow('"other" has no price');
  });

  test('must be valid', () => {
    expect(() =>
      meteredModel(
        model(() => []),
        { ...account, price: { perMessage: -1 } },
      ),
    ).toThrow(TypeError);
  });

  test('by usage counts the classes of version 2 as the other versions do', async () => {
    const version2 = sdkVersions.find(({ specification }) => specification === 'v2');
    if (version2 === undefined) throw new TypeError('There is no version 2.');
    const { model: model2, finish } = version2;
    const price = { ...usagePrice, per1mCachedInput: 1_000_000, per1mCacheWrite: 4_000_000 };
    const charge = async (...finished: Parameters<typeof finish>) => {
      const outer = meteredModel(
        model2(() => [finish(...finished)]),
        { ...account, price },
      );
      const { stream } = await outer.doStream({ prompt });
      await stream.pipeTo(new WritableStream());
      return (await account.charges()).at(-1);
    };
    // The input of the cache is a part of the input …
    expect(await charge('stop', { input: 10, cached: 4, output: 1 })).toBe(6 * 2 + 4 + 3);
    // … but not with Anthropic's models.
    const metadata = { anthropic: { cacheCreationInputTokens: 5 } };
    expect(await charge('stop', { input: 10, cached: 4, output: 1 }, metadata)).toBe(10 * 2 + 4 + 5 * 4 + 3);
  });
});
