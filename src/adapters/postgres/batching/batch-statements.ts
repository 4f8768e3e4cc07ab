import { setImmediate as turnEnds } from 'node:timers/promises';
import { isDomainError } from '../../../domain/errors.js';

/** Two ways to have the same thing done. */
export interface Ways<Request extends { userId: string }, Outcome> {
  /**
   * Does as many as it can of several requests, no two of one user, in one statement that waits for nobody's lock.
   * Answers in their order; undefined for one that it did not do.
   */
  together: (requests: readonly Request[]) => Promise<(Outcome | undefined)[]>;
  /** Does one, whatever it takes. */
  alone: (request: Request) => Promise<Outcome>;
}

interface BatchedStatement<Request, Outcome> {
  request: Request;
  arrive: (outcome: Outcome | PromiseLike<Outcome>) => void;
  fail: (error: unknown) => void;
}

/** More in one statement would make its last one wait longer than it saves. */
const mostTogether = 64;
/** A single request is done faster alone; so many may be under way like that, each maybe waiting for a lock. */
const mostAlone = 2;

/**
 * Lets requests that come while a statement for several is under way travel together in the next one. Each keeps its own
 * outcome: what the common statement leaves undone, or all of it when it fails, is done one by one, and nobody else waits
 * for that.
 */
export function batchStatements<Request extends { userId: string }, Outcome>(
  ways: Ways<Request, Outcome>,
): (request: Request) => Promise<Outcome> {
  let waiting: BatchedStatement<Request, Outcome>[] = [];
  let isUnderWay = false;
  let aloneNow = 0;

  async function setOut(): Promise<void> {
    isUnderWay = true;
    // What arrives in this turn of the event loop is in time, on whichever connection.
    await turnEnds();
    while (waiting.length > 0) {
      const { group, rest } = oneOfEachUser(waiting);
      waiting = rest;
      const [first, ...others] = group;
      if (first !== undefined && others.length === 0 && aloneNow < mostAlone) travelAlone(first);
      else await travel(ways, group);
    }
    isUnderWay = false;
  }

  function travelAlone({ request, arrive, fail }: BatchedStatement<Request, Outcome>): void {
    aloneNow += 1;
    doAlone(ways, request)
      .then(arrive, fail)
      .finally(() => {
        aloneNow -= 1;
      });
  }

  return (request) =>
    new Promise<Outcome>((arrive, fail) => {
      waiting.push({ request, arrive, fail });
      if (!isUnderWay) void setOut();
    });
}

function oneOfEachUser<Request extends { userId: string }, Outcome>(
  waiting: readonly BatchedStatement<Request, Outcome>[],
) {
  const group = new Map<string, BatchedStatement<Request, Outcome>>();
  const rest: BatchedStatement<Request, Outcome>[] = [];
  for (const batched of waiting) {
    const { userId } = batched.request;
    if (group.size < mostTogether && !group.has(userId)) group.set(userId, batched);
    else rest.push(batched);
  }
  return { group: [...group.values()], rest };
}

async function travel<Request extends { userId: string }, Outcome>(
  ways: Ways<Request, Outcome>,
  group: readonly BatchedStatement<Request, Outcome>[],
): Promise<void> {
  let outcomes: (Outcome | undefined)[] = [];
  try {
    outcomes = await ways.together(group.map(({ request }) => request));
  } catch (error) {
    if (isDomainError(error)) {
      // There is no database: it would not be there for each of them either.
      for (const { fail } of group) fail(error);
      return;
    }
  }
  for (const [index, { request, arrive }] of group.entries()) {
    const outcome = outcomes[index];
    arrive(outcome === undefined ? doAlone(ways, request) : outcome);
  }
}

/** Rejects also where the attempt throws at once, which would leave everybody behind it waiting for ever. */
function doAlone<Request extends { userId: string }, Outcome>(
  ways: Ways<Request, Outcome>,
  request: Request,
): Promise<Outcome> {
  return new Promise((resolve) => {
    resolve(ways.alone(request));
  });
}
