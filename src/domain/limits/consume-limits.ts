import type { RateLimiter, Take } from '../../ports/rate-limiter.js';
import type { Secrets } from '../../ports/secrets.js';
import { DomainError } from '../errors.js';
import type { Policy } from '../policy.js';
import { loginNameKey } from '../users/login-name.js';
import { networkOf } from './network.js';
import type { Limits, LimitState } from './rate-limits.js';

export interface LimitDeps {
  rateLimiter: RateLimiter;
  secrets: Pick<Secrets, 'digest'>;
  policy: Pick<Policy, 'limits'>;
}

/** A limit, and the subject that it counts by, such as a user id or network. A null subject is not counted. */
export interface LimitedSubject {
  limit: keyof Limits;
  subject: string | null;
  /** Called only if the limit is used up. If it returns true, the limit is skipped. */
  isExempt?: () => Promise<boolean>;
}

/** One use of each of several limits. */
export interface ConsumedLimits {
  /** The state of the limit with the fewest uses left; null if none applies. */
  state: LimitState | null;
  /** Gives every use back; returns the state of that limit afterwards. */
  giveBack(): Promise<LimitState | null>;
}

/** Consumes one use of each limit, or of none: if one is used up, gives the others back and rejects with `rate_limited`. */
export async function consumeLimits(
  deps: LimitDeps,
  counted: readonly LimitedSubject[],
): Promise<ConsumedLimits> {
  const takes: { take: Take; state: LimitState }[] = [];
  const giveBack = () => Promise.all(takes.map(({ take }) => take.giveBack()));
  for (const { limit: name, subject, isExempt } of counted) {
    const limit = deps.policy.limits[name];
    if (limit === null || subject === null) continue;
    const take = await deps.rateLimiter.take({ key: `${name}:${deps.secrets.digest(subject)}`, ...limit });
    const state = { max: limit.max, remaining: take.remaining, resetsInMs: take.resetsInMs };
    if (!take.allowed) {
      if (await isExempt?.()) continue;
      await giveBack();
      throw rateLimited(state);
    }
    takes.push({ take, state });
  }
  const state = lowestState(takes.map((taken) => taken.state));
  return {
    state,
    giveBack: async () => {
      await giveBack();
      return state === null ? null : { ...state, remaining: state.remaining + 1 };
    },
  };
}

function lowestState(states: readonly LimitState[]): LimitState | null {
  const [first, ...others] = states;
  if (first === undefined) return null;
  return others.reduce((least, other) => (other.remaining < least.remaining ? other : least), first);
}

function rateLimited(limit: LimitState): DomainError {
  return new DomainError('rate_limited', 'Too many requests. Try again later.', {
    limit,
    retryAfterSeconds: Math.max(1, Math.ceil(limit.resetsInMs / 1000)),
  });
}

/**
 * The rate limits that a server checks before it calls the use case. Each function counts one use and returns the state of the
 * limit; null if there is no limit. Rejects with `rate_limited` if the limit is used up.
 */
export function rateLimits(deps: LimitDeps) {
  return {
    /** Counts a message of an account. Call it before `chat.send`. */
    chat: async (userId: string): Promise<LimitState | null> => {
      const { state } = await consumeLimits(deps, [{ limit: 'chatsByUser', subject: userId }]);
      return state;
    },
    /** Counts a count of input by an account. Call it before `chat.countInput`. */
    inputCount: async (userId: string): Promise<LimitState | null> => {
      const { state } = await consumeLimits(deps, [{ limit: 'inputCountsByUser', subject: userId }]);
      return state;
    },
    /** Counts an order of an account. Call it before `orders.create`. */
    order: async (userId: string): Promise<LimitState | null> => {
      const { state } = await consumeLimits(deps, [{ limit: 'ordersByUser', subject: userId }]);
      return state;
    },
    /** Counts a request with a service key. */
    service: async (keyId: string): Promise<LimitState | null> => {
      const { state } = await consumeLimits(deps, [{ limit: 'requestsByServiceKey', subject: keyId }]);
      return state;
    },
    /** Counts a registration from an address. Call it before `users.register`. */
    register: async (address: string | null): Promise<LimitState | null> => {
      const subject = networkOf(address);
      const { state } = await consumeLimits(deps, [{ limit: 'registrationsByAddress', subject }]);
      return state;
    },
    /** Counts a sign-in by passkey that is begun from an address. Call it before `factors.requestPasskey`. */
    passkeySignIn: async (address: string | null): Promise<LimitState | null> => {
      const subject = networkOf(address);
      const { state } = await consumeLimits(deps, [{ limit: 'passkeySignInsByAddress', subject }]);
      return state;
    },
    /** Counts a refresh from an address. Call it before `auth.refresh`. */
    refresh: async (address: string | null): Promise<LimitState | null> => {
      const subject = networkOf(address);
      const { state } = await consumeLimits(deps, [{ limit: 'refreshesByAddress', subject }]);
      return state;
    },
    /** Counts the start or the end of a sign-in by a provider from an address. Call it before `identities.startSignIn` and the others. */
    providerSignIn: async (address: string | null): Promise<LimitState | null> => {
      const subject = networkOf(address);
      const { state } = await consumeLimits(deps, [{ limit: 'providerSignInsByAddress', subject }]);
      return state;
    },
    /** Counts a request for a password reset, by email and address, whether or not an account has the email. */
    forgot: async (input: { email: string; address: string | null }): Promise<LimitState | null> => {
      const { state } = await consumeLimits(deps, [
        { limit: 'forgottenByAddress', subject: networkOf(input.address) },
        { limit: 'forgottenByEmail', subject: loginNameKey(input.email) },
      ]);
      return state;
    },
  };
}
