import { expect, test } from 'vitest';
import { fairQueue } from '../../../src/adapters/crypto/fair-queue.js';

/** Work that runs until `end` is called. */
function heldWork() {
  let started = false;
  let resolve: (result: string) => void = () => undefined;
  const promise = new Promise<string>((resolver) => {
    resolve = resolver;
  });
  return {
    work: () => {
      started = true;
      return promise;
    },
    hasStarted: () => started,
    end: () => {
      resolve('done');
    },
  };
}

function setImmediatePromise(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Runs work for clients. Returns the order in which it was started. */
async function orderOf(
  queue: ReturnType<typeof fairQueue>,
  clients: readonly (string | null)[],
): Promise<(string | null)[]> {
  const order: (string | null)[] = [];
  await Promise.all(
    clients.map((client) =>
      queue.run(client, async () => {
        order.push(client);
        await setImmediatePromise();
      }),
    ),
  );
  return order;
}

test('runs as much work concurrently as allowed, and the rest later', async () => {
  const queue = fairQueue({ concurrency: 2, maxWorkMs: 10_000, runMs: () => 1 });
  const held = Array.from({ length: 4 }, heldWork);
  const results = held.map(({ work }) => queue.run('a', work));
  await setImmediatePromise();
  const started = () => held.map((one) => one.hasStarted());
  expect(started()).toEqual([true, true, false, false]);
  expect(queue.waiting()).toBe(2);
  held[1]?.end();
  await results[1];
  await setImmediatePromise();
  expect(started()).toEqual([true, true, true, false]);
  for (const { end } of held) end();
  expect(await Promise.all(results)).toEqual(['done', 'done', 'done', 'done']);
  expect(queue.waiting()).toBe(0);
});

test('clients take turns, however much work one of them has', async () => {
  const queue = fairQueue({ concurrency: 1, maxWorkMs: 10_000, runMs: () => 1 });
  const flood = new Array<string>(20).fill('flood');
  const order = await orderOf(queue, [...flood, 'a', null, 'b', 'a', 'b']);
  expect(order.slice(0, 8)).toEqual(['flood', 'flood', 'a', null, 'b', 'flood', 'a', 'b']);
  expect(order).toHaveLength(25);
});

test('accepts work up to its limit, and rejects more immediately', async () => {
  const queue = fairQueue({ concurrency: 2, maxWorkMs: 1000, runMs: () => 100 });
  const held = Array.from({ length: 22 }, heldWork);
  const results = held.map(({ work }, index) => queue.run(`client ${index}`, work));
  const excess = heldWork();
  await expect(queue.run('one more', excess.work)).rejects.toMatchObject({
    code: 'unavailable',
    details: { retryAfterSeconds: 1 },
  });
  expect(() => {
    queue.throwIfFull('one more');
  }).toThrow('Too many passwords');
  for (const { end } of held) end();
  expect(await Promise.all(results)).toHaveLength(22);
  expect(excess.hasStarted()).toBe(false);
  queue.throwIfFull('one more');
});

test('one client can fill half of the queue, and leaves space for others', async () => {
  const queue = fairQueue({ concurrency: 2, maxWorkMs: 1000, runMs: () => 100 });
  const held = Array.from({ length: 200 }, heldWork);
  const flood = await Promise.allSettled([
    ...held.map(({ work }) => queue.run('flood', work)),
    setImmediatePromise().then(async () => {
      expect(queue.waiting()).toBe(10);
      const others = Array.from({ length: 9 }, (_, index) =>
        queue.run(`client ${index}`, () => Promise.resolve()),
      );
      for (const { end } of held) end();
      await Promise.all(others);
    }),
  ]);
  const rejected = flood.filter(({ status }) => status === 'rejected');
  expect(rejected).toHaveLength(200 - 12);
});

test('uses the current cost of the work', async () => {
  let runMs = 10_000;
  const queue = fairQueue({ concurrency: 1, maxWorkMs: 1000, runMs: () => runMs });
  const held = heldWork();
  const first = queue.run('a', held.work);
  await expect(queue.run('b', () => Promise.resolve())).rejects.toMatchObject({
    details: { retryAfterSeconds: 9 },
  });
  runMs = 20;
  const clients = Array.from({ length: 50 }, (_, index) => `client ${index}`);
  const order = orderOf(queue, clients);
  held.end();
  await first;
  expect(await order).toEqual(clients);
});

test('failed work frees its place', async () => {
  const queue = fairQueue({ concurrency: 1, maxWorkMs: 1000, runMs: () => 1 });
  for (let index = 0; index < 3; index += 1) {
    await expect(queue.run('a', () => Promise.reject(new TypeError('Broken.')))).rejects.toThrow('Broken.');
  }
  expect(await queue.run('a', () => Promise.resolve('done'))).toBe('done');
});
