import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  batchStatements,
  type BatchedOperation,
} from '../../../../src/adapters/postgres/batching/batch-statements.js';
import { DomainError } from '../../../../src/domain/errors.js';
import { seededRandom } from '../../../../src/testing/seeded-random.js';
import { chosenSeed } from '../../../seed.js';

interface Request {
  userId: string;
  id: number;
}

const unavailable = new DomainError('unavailable', 'The database is not available.', {
  retryAfterSeconds: 1,
});

/** An operation that records its calls. */
function recordedOperation(custom: Partial<BatchedOperation<Request, string | null>> = {}) {
  const batches: Request[][] = [];
  const singles: Request[] = [];
  const operation: BatchedOperation<Request, string | null> = {
    runBatch: (requests) => {
      batches.push([...requests]);
      return custom.runBatch?.(requests) ?? nextTurn(requests.map(({ id }) => `batched ${id}`));
    },
    runSingle: (request) => {
      singles.push(request);
      return custom.runSingle?.(request) ?? nextTurn(`single ${request.id}`);
    },
  };
  return { batches, singles, send: batchStatements({}, operation) };
}

function requestsOf(users: number, each = 1): Request[] {
  return Array.from({ length: users * each }, (_, id) => ({ userId: `user ${id % users}`, id }));
}

function sendAll(send: (request: Request) => Promise<string | null>, requests: readonly Request[]) {
  return Promise.allSettled(requests.map((request) => send(request)));
}

const fulfilled = (value: unknown) => ({ status: 'fulfilled', value });
const rejected = (reason: unknown) => ({ status: 'rejected', reason: reason });

test('a single request is run without a batch', async () => {
  const { batches, singles, send } = recordedOperation();
  expect(await send({ userId: 'a', id: 7 })).toBe('single 7');
  expect([batches.length, singles.length]).toEqual([0, 1]);
});

test('concurrent requests are batched, and each gets its own outcome', async () => {
  const { batches, singles, send } = recordedOperation();
  const requests = requestsOf(10);
  const outcomes = await sendAll(send, requests);
  expect(outcomes).toEqual(requests.map(({ id }) => fulfilled(`batched ${id}`)));
  expect(batches).toEqual([requests]);
  expect(singles).toEqual([]);
});

test('requests from several callbacks of one turn of the event loop are batched', async () => {
  const { batches, singles, send } = recordedOperation();
  const requests = requestsOf(5);
  // Timers that are due at the same time run in one turn of the event loop.
  const sent = requests.map((request) => delay(1).then(() => send(request)));
  const busyUntil = performance.now() + 5;
  while (performance.now() < busyUntil);
  expect(await Promise.all(sent)).toEqual(requests.map(({ id }) => `batched ${id}`));
  expect(batches).toEqual([requests]);
  expect(singles).toEqual([]);
});

test('a batch has at most one request of a user, and keeps the order', async () => {
  const { batches, send } = recordedOperation();
  await sendAll(send, requestsOf(5, 4));
  for (const batch of batches) expect(new Set(batch.map(({ userId }) => userId)).size).toBe(batch.length);
  expect(batches.flat().map(({ id }) => id)).toEqual(requestsOf(5, 4).map(({ id }) => id));
});

test('a batch has at most 64 requests', async () => {
  const { batches, send } = recordedOperation();
  await sendAll(send, requestsOf(150));
  expect(batches.map((batch) => batch.length)).toEqual([64, 64, 22]);
});

test('a request that the batch skips is run alone, and null is an outcome', async () => {
  const { singles, send } = recordedOperation({
    runBatch: (requests) => nextTurn(requests.map(({ id }) => [undefined, null, 'done'][id % 3])),
  });
  const outcomes = await sendAll(send, requestsOf(6));
  expect(outcomes).toEqual(['single 0', null, 'done', 'single 3', null, 'done'].map(fulfilled));
  expect(singles.map(({ id }) => id)).toEqual([0, 3]);
});

test.each([
  ['rejects', () => Promise.reject(new Error('one request failed'))],
  [
    'throws at once',
    () => {
      throw new Error('one request failed');
    },
  ],
])('if the batch %s, each request is run alone, once, and gets its own outcome', async (_, runBatch) => {
  const error = new TypeError('mine');
  const { batches, singles, send } = recordedOperation({
    runBatch,
    runSingle: ({ id }) => (id === 2 ? Promise.reject(error) : nextTurn(`single ${id}`)),
  });
  const requests = requestsOf(4);
  const outcomes = await sendAll(send, requests);
  const succeeded = [0, 1, 3].map((id) => fulfilled(`single ${id}`));
  expect(outcomes).toEqual([succeeded[0], succeeded[1], rejected(error), succeeded[2]]);
  expect(singles).toEqual(requests);
  expect(batches).toHaveLength(1);
});

test('if the database is unavailable, all requests of the batch fail without a retry', async () => {
  const { batches, singles, send } = recordedOperation({
    runBatch: () => Promise.reject(unavailable),
    runSingle: () => Promise.reject(unavailable),
  });
  const outcomes = await sendAll(send, requestsOf(5));
  expect(outcomes).toEqual(Array<unknown>(5).fill(rejected(unavailable)));
  await nextTurn();
  expect([batches.length, singles.length]).toEqual([1, 0]);
});

test.each(['rejects', 'throws at once'])('a single request that %s fails alone', async (how) => {
  const error = new TypeError('mine');
  const { send } = recordedOperation({
    runSingle: ({ id }) => {
      if (id !== 0) return nextTurn('fine');
      if (how === 'rejects') return Promise.reject(error);
      throw error;
    },
  });
  await expect(send({ userId: 'a', id: 0 })).rejects.toBe(error);
  expect(await send({ userId: 'a', id: 1 })).toBe('fine');
  expect(await sendAll(send, requestsOf(3))).toEqual([0, 1, 2].map((id) => fulfilled(`batched ${id}`)));
});

test('single requests that wait for a lock do not delay other requests', async () => {
  let unlock: (outcome: string) => void = () => undefined;
  const lock = new Promise<string>((resolve) => (unlock = resolve));
  const { send } = recordedOperation({
    runBatch: (requests) =>
      nextTurn(requests.map(({ userId, id }) => (userId === 'locked' ? undefined : `batched ${id}`))),
    runSingle: ({ userId, id }) => (userId === 'locked' ? lock : nextTurn(`single ${id}`)),
  });
  const locked = Array.from({ length: 20 }, (_, id) => send({ userId: 'locked', id }));
  for (let id = 100; id < 200; id += 1) {
    expect(await send({ userId: 'free', id })).toMatch(new RegExp(`^(single|batched) ${id}$`));
  }
  expect(await sendAll(send, requestsOf(10))).toHaveLength(10);
  unlock('at last');
  expect(await Promise.all(locked)).toEqual(Array<string>(20).fill('at last'));
});

const seed = chosenSeed();

test(`each of 5,000 requests in random order is run once and gets its own outcome (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  const done = new Map<number, string>();
  const runOnce = (id: number, outcome: string) => {
    expect(done.has(id)).toBe(false);
    done.set(id, outcome);
    return outcome;
  };
  const { batches, singles, send } = recordedOperation({
    runBatch: async (requests) => {
      for (let turns = random(3); turns > 0; turns -= 1) await nextTurn();
      if (random(10) === 0) throw new Error('one request failed');
      return requests.map(({ id }) => (random(8) === 0 ? undefined : runOnce(id, `batched ${id}`)));
    },
    runSingle: async ({ id }) => {
      for (let turns = random(5); turns > 0; turns -= 1) await nextTurn();
      if (random(20) > 0) return runOnce(id, `single ${id}`);
      runOnce(id, `failed ${id}`);
      throw new Error(`failed ${id}`);
    },
  });
  const results = await Promise.allSettled(
    Array.from({ length: 5000 }, async (_, id) => {
      for (let turns = random(40); turns > 0; turns -= 1) await nextTurn();
      return send({ userId: `user ${random(100)}`, id });
    }),
  );
  const outcomes = results.map((result) =>
    result.status === 'fulfilled' ? result.value : (result.reason as Error).message,
  );
  expect(outcomes).toEqual(results.map((_, id) => done.get(id)));
  expect(batches.length).toBeGreaterThan(50);
  expect(singles.length).toBeGreaterThan(50);
});
