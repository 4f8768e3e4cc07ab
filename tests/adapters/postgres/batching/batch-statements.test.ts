import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { batchStatements, type Ways } from '../../../../src/adapters/postgres/batching/batch-statements.js';
import { DomainError } from '../../../../src/domain/errors.js';
import { seededRandom } from '../../../../src/testing/seeded-random.js';
import { chosenSeed } from '../../../seed.js';

interface Request {
  userId: string;
  id: number;
}

const gone = new DomainError('unavailable', 'The database is not available.', { retryAfterSeconds: 1 });

/** Ways that can be told what to do, and remember what they did. */
function watchedWays(told: Partial<Ways<Request, string | null>> = {}) {
  const groups: Request[][] = [];
  const alone: Request[] = [];
  const ways: Ways<Request, string | null> = {
    together: (requests) => {
      groups.push([...requests]);
      return told.together?.(requests) ?? nextTurn(requests.map(({ id }) => `together ${id}`));
    },
    alone: (request) => {
      alone.push(request);
      return told.alone?.(request) ?? nextTurn(`alone ${request.id}`);
    },
  };
  return { groups, alone, send: batchStatements(ways) };
}

function requestsOf(users: number, each = 1): Request[] {
  return Array.from({ length: users * each }, (_, id) => ({ userId: `user ${id % users}`, id }));
}

function sendAll(send: (request: Request) => Promise<string | null>, requests: readonly Request[]) {
  return Promise.allSettled(requests.map((request) => send(request)));
}

const fulfilled = (value: unknown) => ({ status: 'fulfilled', value });
const rejected = (reason: unknown) => ({ status: 'rejected', reason: reason });

test('a single request is done alone', async () => {
  const { groups, alone, send } = watchedWays();
  expect(await send({ userId: 'a', id: 7 })).toBe('alone 7');
  expect([groups.length, alone.length]).toEqual([0, 1]);
});

test('requests that come at once are done together, and each keeps its own outcome', async () => {
  const { groups, alone, send } = watchedWays();
  const requests = requestsOf(10);
  const outcomes = await sendAll(send, requests);
  expect(outcomes).toEqual(requests.map(({ id }) => fulfilled(`together ${id}`)));
  expect(groups).toEqual([requests]);
  expect(alone).toEqual([]);
});

test('requests that come one after the other in one turn of the event loop are done together', async () => {
  const { groups, alone, send } = watchedWays();
  const requests = requestsOf(5);
  // Timers that are due at once are called in one turn, and what each sets off has its way before the next one.
  const sent = requests.map((request) => delay(1).then(() => send(request)));
  const busyUntil = performance.now() + 5;
  while (performance.now() < busyUntil);
  expect(await Promise.all(sent)).toEqual(requests.map(({ id }) => `together ${id}`));
  expect(groups).toEqual([requests]);
  expect(alone).toEqual([]);
});

test('no two of one user are done together, and those of one user in their order', async () => {
  const { groups, send } = watchedWays();
  await sendAll(send, requestsOf(5, 4));
  for (const group of groups) expect(new Set(group.map(({ userId }) => userId)).size).toBe(group.length);
  expect(groups.flat().map(({ id }) => id)).toEqual(requestsOf(5, 4).map(({ id }) => id));
});

test('no more than 64 are done together', async () => {
  const { groups, send } = watchedWays();
  await sendAll(send, requestsOf(150));
  expect(groups.map((group) => group.length)).toEqual([64, 64, 22]);
});

test('what the common statement leaves undone is done alone; that there is nothing is an outcome', async () => {
  const { alone, send } = watchedWays({
    together: (requests) => nextTurn(requests.map(({ id }) => [undefined, null, 'done'][id % 3])),
  });
  const outcomes = await sendAll(send, requestsOf(6));
  expect(outcomes).toEqual(['alone 0', null, 'done', 'alone 3', null, 'done'].map(fulfilled));
  expect(alone.map(({ id }) => id)).toEqual([0, 3]);
});

test.each([
  ['rejects', () => Promise.reject(new Error('a fault of one of them'))],
  [
    'throws at once',
    () => {
      throw new Error('a fault of one of them');
    },
  ],
])(
  'when the common statement %s, each is done alone, once, and keeps its own outcome',
  async (_, together) => {
    const fault = new TypeError('mine');
    const { groups, alone, send } = watchedWays({
      together,
      alone: ({ id }) => (id === 2 ? Promise.reject(fault) : nextTurn(`alone ${id}`)),
    });
    const requests = requestsOf(4);
    const outcomes = await sendAll(send, requests);
    const kept = [0, 1, 3].map((id) => fulfilled(`alone ${id}`));
    expect(outcomes).toEqual([kept[0], kept[1], rejected(fault), kept[2]]);
    expect(alone).toEqual(requests);
    expect(groups).toHaveLength(1);
  },
);

test('without a database all fail with that, and nothing is tried again behind their backs', async () => {
  const { groups, alone, send } = watchedWays({
    together: () => Promise.reject(gone),
    alone: () => Promise.reject(gone),
  });
  const outcomes = await sendAll(send, requestsOf(5));
  expect(outcomes).toEqual(Array<unknown>(5).fill(rejected(gone)));
  await nextTurn();
  expect([groups.length, alone.length]).toEqual([1, 0]);
});

test.each(['rejects', 'throws at once'])(
  'an attempt alone that %s fails only its own request',
  async (how) => {
    const fault = new TypeError('mine');
    const { send } = watchedWays({
      alone: ({ id }) => {
        if (id !== 0) return nextTurn('fine');
        if (how === 'rejects') return Promise.reject(fault);
        throw fault;
      },
    });
    await expect(send({ userId: 'a', id: 0 })).rejects.toBe(fault);
    expect(await send({ userId: 'a', id: 1 })).toBe('fine');
    expect(await sendAll(send, requestsOf(3))).toEqual([0, 1, 2].map((id) => fulfilled(`together ${id}`)));
  },
);

test('requests that wait for a lock alone never hold up the others', async () => {
  let letGo: (outcome: string) => void = () => undefined;
  const lock = new Promise<string>((resolve) => (letGo = resolve));
  const { send } = watchedWays({
    together: (requests) =>
      nextTurn(requests.map(({ userId, id }) => (userId === 'locked' ? undefined : `together ${id}`))),
    alone: ({ userId, id }) => (userId === 'locked' ? lock : nextTurn(`alone ${id}`)),
  });
  const locked = Array.from({ length: 20 }, (_, id) => send({ userId: 'locked', id }));
  for (let id = 100; id < 200; id += 1) {
    expect(await send({ userId: 'free', id })).toMatch(new RegExp(`^(alone|together) ${id}$`));
  }
  expect(await sendAll(send, requestsOf(10))).toHaveLength(10);
  letGo('at last');
  expect(await Promise.all(locked)).toEqual(Array<string>(20).fill('at last'));
});

const seed = chosenSeed();

test(`of many thousands in random order each is done once and keeps its result (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  const done = new Map<number, string>();
  const doOnce = (id: number, outcome: string) => {
    expect(done.has(id)).toBe(false);
    done.set(id, outcome);
    return outcome;
  };
  const { groups, alone, send } = watchedWays({
    together: async (requests) => {
      for (let turns = random(3); turns > 0; turns -= 1) await nextTurn();
      if (random(10) === 0) throw new Error('one of them is at fault');
      return requests.map(({ id }) => (random(8) === 0 ? undefined : doOnce(id, `together ${id}`)));
    },
    alone: async ({ id }) => {
      for (let turns = random(5); turns > 0; turns -= 1) await nextTurn();
      if (random(20) > 0) return doOnce(id, `alone ${id}`);
      doOnce(id, `failed ${id}`);
      throw new Error(`failed ${id}`);
    },
  });
  const results = await Promise.allSettled(
    Array.from({ length: 5000 }, async (_, id) => {
      for (let turns = random(40); turns > 0; turns -= 1) await nextTurn();
      return send({ userId: `user ${random(100)}`, id });
    }),
  );
  const told = results.map((result) =>
    result.status === 'fulfilled' ? result.value : (result.reason as Error).message,
  );
  expect(told).toEqual(results.map((_, id) => done.get(id)));
  expect(groups.length).toBeGreaterThan(50);
  expect(alone.length).toBeGreaterThan(50);
});
