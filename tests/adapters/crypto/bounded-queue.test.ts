import { expect, test } from 'vitest';
import { boundedQueue } from '../../../src/adapters/crypto/bounded-queue.js';

const refusal = { code: 'unavailable', details: { retryAfterSeconds: 1 } };

/** Work that ends when it is told to. */
function heldWork() {
  let started = false;
  let resolve: (answer: string) => void = () => undefined;
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

test('runs at once as many as it may, and the others in their turn', async () => {
  const queue = boundedQueue({ concurrency: 2, maxWaitMs: 10_000, expectedRunMs: 1 });
  const held = Array.from({ length: 4 }, heldWork);
  const answers = held.map(({ work }) => queue.run(work));
  await Promise.resolve();
  const started = () => held.map((one) => one.hasStarted());
  expect(started()).toEqual([true, true, false, false]);
  held[1]?.end();
  await answers[1];
  expect(started()).toEqual([true, true, true, false]);
  for (const { end } of held) end();
  expect(await Promise.all(answers)).toEqual(['done', 'done', 'done', 'done']);
});

test('refuses at once what is expected to wait too long', async () => {
  const queue = boundedQueue({ concurrency: 1, maxWaitMs: 1000, expectedRunMs: 400 });
  const refuseIfBusy = () => {
    queue.refuseIfBusy();
  };
  const held = Array.from({ length: 4 }, heldWork);
  expect(refuseIfBusy).not.toThrow();
  const answers = held.map(({ work }) => queue.run(work));
  const excess = heldWork();
  expect(refuseIfBusy).toThrow('Too many passwords');
  const startedAt = performance.now();
  await expect(queue.run(excess.work)).rejects.toMatchObject(refusal);
  expect(performance.now() - startedAt).toBeLessThan(100);
  for (const { end } of held) end();
  await Promise.all(answers);
  expect(refuseIfBusy).not.toThrow();
  expect(excess.hasStarted()).toBe(false);
});

test('refuses what has waited too long, and never runs it', async () => {
  const queue = boundedQueue({ concurrency: 1, maxWaitMs: 50, expectedRunMs: 1 });
  const [running, waiting, next] = [heldWork(), heldWork(), heldWork()];
  const first = queue.run(running.work);
  await expect(queue.run(waiting.work)).rejects.toMatchObject(refusal);
  running.end();
  await first;
  next.end();
  expect(await queue.run(next.work)).toBe('done');
  expect(waiting.hasStarted()).toBe(false);
});

test('learns how long its work takes', async () => {
  const queue = boundedQueue({ concurrency: 1, maxWaitMs: 100, expectedRunMs: 10_000 });
  const before = [heldWork(), heldWork(), heldWork()];
  const [first, second, third] = before.map(({ work }) => queue.run(work));
  await expect(third).rejects.toMatchObject(refusal);
  for (const { end } of before) end();
  await Promise.all([first, second]);
  for (let index = 0; index < 50; index += 1) await queue.run(() => Promise.resolve());
  const answers = Array.from({ length: 20 }, () => queue.run(() => Promise.resolve('done')));
  expect(await Promise.all(answers)).toHaveLength(20);
});

test('work that fails makes room like any other', async () => {
  const queue = boundedQueue({ concurrency: 1, maxWaitMs: 1000, expectedRunMs: 1 });
  for (let index = 0; index < 3; index += 1) {
    await expect(queue.run(() => Promise.reject(new TypeError('Broken.')))).rejects.toThrow('Broken.');
  }
  expect(await queue.run(() => Promise.resolve('done'))).toBe('done');
});
