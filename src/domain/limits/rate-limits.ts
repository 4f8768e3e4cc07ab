import { loginNameKey } from '../users/login-name.js';
import type { LimitState } from './limit.js';
import { networkOf } from './network.js';
import { consumeLimits, type LimitDeps } from './consume-limits.js';

/**
 * The limits on what is counted whenever it is asked for, for whoever asks on behalf of others to call first. Each
 * answers where its limit stands, null when it has none, and refuses with `rate_limited`.
 */
export function rateLimits(deps: LimitDeps) {
  return {
    /** Before a message of an account. Refuses with `rate_limited`. */
    chat: async (userId: string): Promise<LimitState | null> => {
      const { state } = await consumeLimits(deps, [{ limit: 'chatsByUser', subject: userId }]);
      return state;
    },
    /** Before somebody makes an account. Refuses with `rate_limited`. */
    register: async (address: string | null): Promise<LimitState | null> => {
      const subject = networkOf(address);
      const { state } = await consumeLimits(deps, [{ limit: 'registrationsByAddress', subject }]);
      return state;
    },
    /** Before a session is refreshed. Refuses with `rate_limited`. */
    refresh: async (address: string | null): Promise<LimitState | null> => {
      const subject = networkOf(address);
      const { state } = await consumeLimits(deps, [{ limit: 'refreshesByAddress', subject }]);
      return state;
    },
    /** Counts the email as it was submitted, whether or not somebody has it. */
    forgot: async (input: { email: string; address: string | null }): Promise<LimitState | null> => {
      const { state } = await consumeLimits(deps, [
        { limit: 'forgottenByAddress', subject: networkOf(input.address) },
        { limit: 'forgottenByEmail', subject: loginNameKey(input.email) },
      ]);
      return state;
    },
  };
}
