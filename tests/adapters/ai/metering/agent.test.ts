import { z } from 'zod';
import { beforeEach, describe, expect, test } from 'vitest';
import { meteredModel } from '../../../../src/adapters/ai/metering/metered-model.js';
import { meteredTool } from '../../../../src/adapters/ai/metering/metered-tool.js';
import { openAccount, type MeteredAccount } from './metered-account.js';
import { sdkVersions, text, toolCall, untilAborted, type Script } from './sdk-versions.js';

let account: MeteredAccount;
beforeEach(async () => {
  account = await openAccount();
});

/** What each step of a model costs by its usage, and what a call of the tool costs. */
const [stepPrice, toolPrice] = [10 * 2 + 4 * 3, 7];

describe.each(sdkVersions)('with the $name', (version) => {
  const { sdk, model, finish } = version;
  const usage = { input: 10, output: 4 };
  const firstStep: Script = () => [toolCall('1', 'look', { at: 'the sea' }), finish('tool-calls', usage)];
  const secondStep: Script = () => [toolCall('2', 'look', { at: 'the sky' }), finish('tool-calls', usage)];
  const lastStep: Script = () => [...text('It is', ' blue.'), finish('stop', usage)];

  const look = (execute: (at: string, signal?: AbortSignal) => Promise<string>) =>
    meteredTool(
      sdk.tool({
        inputSchema: z.object({ at: z.string() }),
        execute: ({ at }, { abortSignal }) => execute(at, abortSignal),
      }),
      { ...account, action: 'look', price: toolPrice },
    );

  test('generateText pays for its reply', async () => {
    const reply = await sdk.generateText({ model: meteredModel(model(lastStep), account), prompt: 'Hello' });
    expect(reply.text).toBe('It is blue.');
    expect(await account.charges()).toEqual([stepPrice]);
    await account.expectSettled();
  });

  test('streamText pays for its reply', async () => {
    const { textStream } = sdk.streamText({ model: meteredModel(model(lastStep), account), prompt: 'Hello' });
    let reply = '';
    for await (const delta of textStream) reply += delta;
    expect(reply).toBe('It is blue.');
    expect(await account.charges()).toEqual([stepPrice]);
    await account.expectSettled();
  });

  test('generateText rejects with a DomainError if the balance is too low', async () => {
    account = await openAccount(5);
    const inner = model(lastStep);
    const generating = sdk.generateText({ model: meteredModel(inner, account), prompt: 'Hello' });
    await expect(generating).rejects.toMatchObject({ code: 'insufficient_credits' });
    expect(inner.calls).toEqual([]);
  });

  test('streamText reports a DomainError if the balance is too low', async () => {
    account = await openAccount(5);
    const reported: unknown[] = [];
    const result = sdk.streamText({
      model: meteredModel(model(lastStep), account),
      prompt: 'Hello',
      onError: ({ error }) => void reported.push(error),
    });
    await result.consumeStream();
    expect(reported).toMatchObject([{ code: 'insufficient_credits' }]);
  });

  test('a repetition by the SDK is a call of its own, of which only the complete one is paid for', async () => {
    const failure = new sdk.APICallError({
      ...{
        message: 'busy',
        url: 'http://127.0.0.1/',
        requestBodyValues: {},
        statusCode: 503,
        isRetryable: true,
      },
    });
    const failing: Script = () => {
      throw failure;
    };
    const generating = sdk.generateText({
      ...{ model: meteredModel(model(failing, lastStep), account), prompt: 'Hello', maxRetries: 1 },
    });
    expect((await generating).text).toBe('It is blue.');
    expect(await account.charges()).toEqual([stepPrice]);
    await account.expectSettled();
  });

  test('an agent of three steps pays for each step and each call of its tool', async () => {
    const agent = new sdk.Experimental_Agent({
      model: meteredModel(model(firstStep, secondStep, lastStep), account),
      tools: { look: look((at) => Promise.resolve(`${at} is blue`)) },
      stopWhen: sdk.stepCountIs(5),
    });
    expect((await agent.generate({ prompt: 'What is blue?' })).text).toBe('It is blue.');
    expect(await account.charges()).toEqual([stepPrice, toolPrice, stepPrice, toolPrice, stepPrice]);
    await account.expectSettled();
  });

  test('a tool that fails is not paid for, and the model gets its error', async () => {
    const inner = model(firstStep, lastStep);
    const { text: reply } = await sdk.generateText({
      model: meteredModel(inner, account),
      tools: { look: look(() => Promise.reject(new Error('The lens is broken.'))) },
      ...{ prompt: 'What is blue?', stopWhen: sdk.stepCountIs(5) },
    });
    expect(reply).toBe('It is blue.');
    expect(JSON.stringify(inner.calls[1]?.prompt)).toContain('The lens is broken.');
    expect(await account.charges()).toEqual([stepPrice, stepPrice]);
    await account.expectSettled();
  });

  test('a tool that the balance does not cover does not run, and the model gets the reason', async () => {
    const inner = model(firstStep, lastStep);
    let isCalled = false;
    const tool = meteredTool(
      sdk.tool({ inputSchema: z.object({ at: z.string() }), execute: () => (isCalled = true) }),
      { ...account, action: 'look', price: ({ at }) => at.length * 1_000 },
    );
    await sdk.generateText({
      ...{ model: meteredModel(inner, account), tools: { look: tool } },
      ...{ prompt: 'What is blue?', stopWhen: sdk.stepCountIs(5) },
    });
    expect(isCalled).toBe(false);
    expect(JSON.stringify(inner.calls[1]?.prompt)).toContain('The balance is too low');
    expect(await account.charges()).toEqual([stepPrice, stepPrice]);
    await account.expectSettled();
  });

  test('a tool that yields its results shows each of them, and is paid for once', async () => {
    const tool = meteredTool(
      sdk.tool({
        inputSchema: z.object({ at: z.string() }),
        async *execute({ at }) {
          await Promise.resolve();
          yield `looking at ${at}`;
          yield `${at} is blue`;
        },
      }),
      { ...account, action: 'look', price: toolPrice },
    );
    const { fullStream } = sdk.streamText({
      ...{ model: meteredModel(model(firstStep, lastStep), account), tools: { look: tool } },
      ...{ prompt: 'What is blue?', stopWhen: sdk.stepCountIs(5) },
    });
    const outputs: unknown[] = [];
    for await (const part of fullStream) if (part.type === 'tool-result') outputs.push(part.output);
    expect(outputs).toEqual(['looking at the sea', 'the sea is blue', 'the sea is blue']);
    expect(await account.charges()).toEqual([stepPrice, toolPrice, stepPrice]);
    await account.expectSettled();
  });

  describe('an agent that is aborted', () => {
    /** Where the caller aborts, and what was paid by then. The estimate of the cancelled last step comes after those. */
    const places = [
      { place: 'before the first output', paid: [] },
      { place: 'in the first call of the tool', paid: [stepPrice] },
      { place: 'in the second step, before its output', paid: [stepPrice, toolPrice] },
      { place: 'in the second call of the tool', paid: [stepPrice, toolPrice, stepPrice] },
      { place: 'in the third step, before its output', paid: [stepPrice, toolPrice, stepPrice, toolPrice] },
      { place: 'in the text of the third step', paid: [stepPrice, toolPrice, stepPrice, toolPrice] },
    ];
    const how = ['streamed', 'generated'];
    const cases = how.flatMap((mode) => places.map((each) => ({ mode, ...each })));

    test.each(cases)('$mode, $place, pays by the cost table', async ({ mode, place, paid }) => {
      const controller = new AbortController();
      const stopAt = async (current: string, signal: AbortSignal | undefined) => {
        if (current !== place) return;
        setImmediate(() => {
          controller.abort();
        });
        await untilAborted(signal);
      };
      const step = (current: string, script: Script): Script =>
        async function* (options) {
          await stopAt(current, options.abortSignal);
          yield* script(options);
        };
      const inner = model(
        step('before the first output', firstStep),
        step('in the second step, before its output', secondStep),
        step('in the third step, before its output', async function* (options) {
          yield* text('It is', ' blue.').slice(0, 2);
          await stopAt('in the text of the third step', options.abortSignal);
          yield* [...text('It is', ' blue.').slice(2), finish('stop', usage)];
        }),
      );
      const calls: string[] = [];
      const tools = {
        look: look(async (at, signal) => {
          calls.push(at);
          await stopAt(
            calls.length === 1 ? 'in the first call of the tool' : 'in the second call of the tool',
            signal,
          );
          return `${at} is blue`;
        }),
      };
      const asked = {
        ...{ model: meteredModel(inner, account), tools, prompt: 'What is blue?', maxRetries: 0 },
        ...{ stopWhen: sdk.stepCountIs(5), abortSignal: controller.signal },
      };
      if (mode === 'streamed') {
        const { fullStream } = sdk.streamText({ ...asked, onError: () => undefined });
        for await (const part of fullStream) expect(part.type).not.toBe('error');
      } else {
        await sdk.generateText(asked).catch(() => undefined);
      }
      const charges = await account.charges();
      if (mode === 'streamed' && place === 'in the text of the third step') {
        // The estimate of its prompt, and the two tokens of its text.
        const estimate = charges.pop() ?? 0;
        expect(estimate).toBeGreaterThan(2 * 3);
        expect(estimate).toBeLessThan(stepPrice * 10);
      }
      expect(charges).toEqual(paid);
      await account.expectSettled();
    });
  });
});

test('a tool without execute cannot be metered', () => {
  expect(() => meteredTool({}, { ...account, action: 'look', price: 1 })).toThrow('no `execute`');
});
