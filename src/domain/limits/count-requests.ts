import { loginNameKey } from '../users/login-name.js';
import type { LimitState } from './rate-limits.js';
import { networkOf } from './network.js';
import { consumeLimits, type LimitDeps } from './consume-limits.js';

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
    /** Counts a refresh from an address. Call it before `auth.refresh`. */
    refresh: async (address: string | null): Promise<LimitState | null> => {
      const subject = networkOf(address);
      const { state } = await consumeLimits(deps, [{ limit: 'refreshesByAddress', subject }]);
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
