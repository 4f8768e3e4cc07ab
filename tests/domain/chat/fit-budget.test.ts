import { describe, expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { createCore } from '../../../src/domain/core.js';
import { affordableOutput, minFittedOutputTokens } from '../../../src/domain/chat/fit-budget.js';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import type { HoldLedger, ReserveOutcome } from '../../../src/ports/hold-ledger.js';
import type { ReplyRequest } from '../../../src/ports/ai-model.js';
import type { LogFacts } from '../../../src/ports/log.js';
import { nodeAdapters } from '../../../src/entrypoints/node.js';
import type { Price } from '../../../src/domain/metering/price.js';

/** The most input that the message of these tests has: 1 token, and what a provider adds. */
const input = 25;

describe('a message that fits the budget', () => {
  test('gets the output limit that the balance covers, is held for that, and charged for what it used', async () => {
    const { send, asked, held, balance } = await chatWith({ credits: input + 40 });
    const sent = await send({ fitBudget: true });
    expect(asked()).toEqual([40]);
    expect(held()).toEqual([input + 40]);
    expect(sent.charged).toBe(7);
    expect(await balance()).toEqual({ balance: input + 40 - 7, held: 0 });
  });

  test('is not limited further if the balance covers its own limit', async () => {
    const { send, asked } = await chatWith({ credits: 1000 });
    await send({ fitBudget: true });
    expect(asked()).toEqual([100]);
  });

  test.each([
    [minFittedOutputTokens, true],
    [minFittedOutputTokens - 1, false],
  ])('for which the balance covers %i tokens of output is sent: %j', async (affordable, isSent) => {
    const { send, asked, balance } = await chatWith({ credits: input + affordable });
    const sending = send({ fitBudget: true });
    if (isSent) await sending;
    else {
      await expect(sending).rejects.toMatchObject({
        code: 'insufficient_credits',
        details: { balance: input + affordable, required: input + 100, affordableOutputTokens: affordable },
      });
      expect(await balance()).toEqual({ balance: input + affordable, held: 0 });
    }
    expect(asked()).toEqual(isSent ? [affordable] : []);
  });

  test('is limited again for each chat that takes credits before they are reserved', async () => {
    let isFirst = true;
    const { send, asked, held, core, userId } = await chatWith({
      credits: input + 90,
      beforeReserve: async (hold) => {
        // Between the refusal and the second attempt, the balance becomes smaller.
        if (isFirst && hold === input + 90) {
          isFirst = false;
          await core.ledger.grant({
            caller: operatorCaller,
            userId,
            amount: -30,
            reason: 'spent',
            idempotencyKey: null,
          });
        }
      },
    });
    await send({ fitBudget: true });
    expect(held()).toEqual([input + 60]);
    expect(asked()).toEqual([60]);
  });

  test('of many at once, is refused only once the balance covers no reply of 16 tokens', async () => {
    const { core, userId, balance, send } = await chatWith({ credits: 10 * (input + 100) + 20, writes: 100 });
    const sent = await Promise.allSettled(Array.from({ length: 40 }, () => send({ fitBudget: true })));
    const charged = sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value.charged] : []));
    for (const one of sent) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'insufficient_credits' });
    }
    expect(charged.length).toBeGreaterThanOrEqual(10);
    const left = 10 * (input + 100) + 20 - charged.reduce((sum, one) => sum + one, 0);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(await balance()).toEqual({ balance: left, held: 0 });
    expect((await core.ledger.balance({ caller: operatorCaller, userId })).balance).toBe(left);
  });

  test('with a flat price is refused without a number of tokens, which does not matter', async () => {
    const { send } = await chatWith({ credits: 10, price: { perMessage: 11 } });
    const error = await send({ fitBudget: true }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'insufficient_credits', details: { balance: 10, required: 11 } });
    expect(error).not.toHaveProperty('details.affordableOutputTokens');
  });

  test('is another request than one that does not, for an idempotency key', async () => {
    const { send } = await chatWith({ credits: 1000 });
    await send({ fitBudget: true, idempotencyKey: 'a key' });
    expect((await send({ fitBudget: true, idempotencyKey: 'a key' })).replayed).toBe(true);
    await expect(send({ idempotencyKey: 'a key' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });
});

test('without it, the error says how many tokens of output would be covered', async () => {
  const { send, asked } = await chatWith({ credits: input + 40 });
  await expect(send({})).rejects.toMatchObject({
    message: `The balance is too low: ${input + 40} available, ${input + 100} required. It covers 40 tokens of output.`,
    details: { affordableOutputTokens: 40 },
  });
  expect(asked()).toEqual([]);
});

test('usage that is more than is possible is charged as far as it is possible, and logged', async () => {
  const { send, warnings, balance } = await chatWith({ credits: 5000, reads: 1001, writes: 50 });
  expect((await send({})).charged).toBe(1000 + 50);
  expect(await balance()).toEqual({ balance: 5000 - 1050, held: 0 });
  expect(warnings()).toEqual([
    expect.objectContaining({ model: 'writer', class: 'input', reported: 1001, limit: 1000 }),
  ]);
});

test('a reply that costs more than its hold takes the rest from the balance', async () => {
  const { send, held, balance } = await chatWith({ credits: 1000, reads: 500, writes: 50 });
  expect((await send({})).charged).toBe(550);
  expect(held()).toEqual([input + 100]);
  expect(await balance()).toEqual({ balance: 450, held: 0 });
});

describe('the affordable output', () => {
  const holdWith = (output: number) => 10 + 3 * output;
  const prepared = { holdWith, hold: holdWith(50), outputTokens: 50 };

  test.each([
    [159, 49],
    [13, 1],
    [12, 0],
    [10, 0],
    [9, 0],
    [0, 0],
  ])('of a balance of %i is %i', (balance, affordable) => {
    expect(affordableOutput(prepared, balance)).toBe(affordable);
  });
});

function ignore(): void {
  // Only warnings are of interest.
}

interface Chat {
  credits: number;
  price?: Price;
  /** The tokens of input and output that the model reports. */
  reads?: number;
  writes?: number;
  beforeReserve?: (hold: number) => Promise<void>;
}

/** A core with one account and one model at a credit for each token of input and output. */
async function chatWith({ credits, reads = 2, writes = 5, beforeReserve, ...terms }: Chat) {
  const warnings: LogFacts[] = [];
  const asked: (number | null)[] = [];
  const held: number[] = [];
  const stores = memoryStores();
  const holdLedger: HoldLedger = {
    ...stores.holdLedger,
    async reserve(request): Promise<ReserveOutcome> {
      await beforeReserve?.(request.hold);
      const reserved = await stores.holdLedger.reserve(request);
      if (reserved.outcome === 'reserved') held.push(request.hold);
      return reserved;
    },
  };
  const core = createCore({
    ...stores,
    ...nodeAdapters(),
    holdLedger,
    log: {
      ...{ debug: ignore, info: ignore, error: ignore },
      warn: (facts) => warnings.push(facts),
    },
    policy: { startingCredits: credits },
    models: [
      {
        name: 'writer',
        price: terms.price ?? { per1mInput: 1_000_000, per1mOutput: 1_000_000 },
        contextTokens: 1000,
        maxOutputTokens: 100,
        model: {
          unsupported: [],
          async *reply({ maxOutputTokens }: ReplyRequest) {
            asked.push(maxOutputTokens);
            await Promise.resolve();
            yield { type: 'text', text: 'Hello' };
            const output = Math.min(writes, maxOutputTokens ?? writes);
            yield { type: 'finish', reason: 'length', usage: { input: reads, output } };
          },
        },
      },
    ],
  });
  const { id: userId } = await core.users.adopt({ foreignId: 'a reader' });
  return {
    core,
    userId,
    asked: () => asked,
    held: () => held,
    warnings: () => warnings,
    balance: () => core.ledger.balance({ caller: operatorCaller, userId }),
    send: (options: { fitBudget?: boolean; idempotencyKey?: string }) =>
      core.chat.send({ userId, message: 'Hi', ...options }),
  };
}
