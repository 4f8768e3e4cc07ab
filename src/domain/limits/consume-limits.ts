import type { RateLimiter, Take } from '../../ports/rate-limiter.js';
import type { Secrets } from '../../ports/secrets.js';
import { DomainError } from '../errors.js';
import type { Policy } from '../policy.js';
import type { Limits, LimitState } from './limit.js';

export interface LimitDeps {
  rateLimiter: RateLimiter;
  secrets: Pick<Secrets, 'digest'>;
  policy: Pick<Policy, 'limits'>;
}

/** A limit, and the text that stands for whom it counts by; null where that is not known, and nothing is counted. */
export interface LimitedSubject {
  limit: keyof Limits;
  subject: string | null;
  /** Asked only once the limit is used up: if it returns true, the limit does not hold here, and nothing is counted. */
  isExempt?: () => Promise<boolean>;
}

/** What was taken of several limits at once. */
export interface ConsumedLimits {
  /** The one of them that is closest to its end; null when none applies. */
  state: LimitState | null;
  /** Gives all of it back; answers where the closest one stands then. */
  giveBack(): Promise<LimitState | null>;
}

/** Takes one of each limit in turn, or of none: refuses with `rate_limited` where one is used up. */
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
  return new DomainError('rate_limited', 'This was tried too often; try again later.', {
    limit,
    retryAfterSeconds: Math.max(1, Math.ceil(limit.resetsInMs / 1000)),
  });
}
