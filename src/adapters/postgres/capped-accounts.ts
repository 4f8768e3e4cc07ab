import { isDomainError } from '../../domain/errors.js';

/** The most accounts that are remembered. */
const maxAccounts = 10_000;

/** The accounts with caps that this process has met, and the order of their requests. */
export interface CappedAccounts {
  /** Whether the account had caps when its last request ended. It can have got some, or none, since. */
  has(userId: string): boolean;
  remember(userId: string, isCapped: boolean): void;
  /**
   * Runs the requests of one account one after another, since each of them locks its balance: so a heavily used account waits
   * for one connection to the database and leaves the others to the rest. If the database is unavailable, those that wait fail.
   */
  inTurn<Result>(userId: string, request: () => Promise<Result>): Promise<Result>;
}

export function cappedAccounts(): CappedAccounts {
  const known = new Set<string>();
  /** The last request of each account that has one. */
  const last = new Map<string, Promise<unknown>>();
  return {
    has: (userId) => known.has(userId),
    remember: (userId, isCapped) => {
      if (!isCapped) known.delete(userId);
      else if (known.size < maxAccounts || known.has(userId)) known.add(userId);
      else known.clear();
    },
    inTurn: (userId, request) => {
      const previous = last.get(userId);
      const result = previous === undefined ? request() : previous.then(request, failOrRun(request));
      last.set(userId, result);
      const forget = () => {
        if (last.get(userId) === result) last.delete(userId);
      };
      result.then(forget, forget);
      return result;
    },
  };
}

function failOrRun<Result>(request: () => Promise<Result>) {
  return (error: unknown) => {
    if (isDomainError(error) && error.code === 'unavailable') throw error;
    return request();
  };
}
