import * as v from 'valibot';
import { hashingDefaults } from '../../adapters/crypto/hashing-defaults.js';
import { defaultPolicy } from '../../domain/policy.js';
import { secretSetting, setting } from '../setting.js';
import { formatDuration } from '../../domain/duration.js';
import { twoFactorRules, type TwoFactorRule } from '../../domain/factors/factor.js';
import { oneOf } from '../values/choices.js';
import { duration, timeout } from '../values/durations.js';
import { wholeNumber } from '../values/numbers.js';

const secretKey = v.pipe(
  v.string(),
  v.minLength(32, 'must have 32 characters or more'),
  v.maxLength(1024, 'must have at most 1024 characters'),
);

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
  TWO_FACTOR_KEY: secretSetting(secretKey, {
    help: 'Encrypts the secrets of authenticator apps: 32 characters or more, for instance of `openssl rand -base64 32`. Keep a copy apart from the database.',
  }),
  REQUIRE_TWO_FACTORS: setting(oneOf(twoFactorRules), {
    default: defaultPolicy.requireTwoFactors,
    help: 'Who must have a second factor to sign in: admin (administrators), all, or off (only those who set one up).',
  }),
};

/** Returns the problems of the settings for second factors. */
export function twoFactorProblems(
  settings: { REQUIRE_TWO_FACTORS: TwoFactorRule },
  isSet: (name: string) => boolean,
): string[] {
  if (settings.REQUIRE_TWO_FACTORS === 'off' || isSet('TWO_FACTOR_KEY')) return [];
  return ['TWO_FACTOR_KEY must be set if REQUIRE_TWO_FACTORS is'];
}
