import { hashingDefaults } from '../../adapters/crypto/hashing-defaults.js';
import { defaultPolicy } from '../../domain/policy.js';
import { setting } from '../setting.js';
import { formatDuration } from '../../domain/duration.js';
import { duration, timeout } from '../values/durations.js';
import { wholeNumber } from '../values/numbers.js';

export const signInSettings = {
  ACCESS_TOKEN_TTL: setting(duration(), {
    default: formatDuration(defaultPolicy.accessTtlMs),
    help: 'How long an access token is valid.',
  }),
  REFRESH_TOKEN_TTL: setting(duration(), {
    default: formatDuration(defaultPolicy.refreshTtlMs),
    help: 'How long an unused session is valid.',
  }),
  BCRYPT_COST: setting(wholeNumber(10, 15), {
    default: String(hashingDefaults.bcryptCost),
    help: 'The cost of a password hash; each step doubles the work.',
  }),
  SIGN_IN_QUEUE: setting(timeout(), {
    default: formatDuration(hashingDefaults.queueMs),
    help: 'How much password hashing may wait, as the time that it takes; more is rejected at once.',
  }),
};
