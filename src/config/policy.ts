import type { Policy } from '../domain/policy.js';
import type { Settings } from './read-settings.js';
import { limitsOf } from './settings/rate-limits.js';

/** The policy for the domain. `publicUrl` is used if no `PUBLIC_URL` is set. */
export function policyOf(settings: Settings, publicUrl: string): Policy {
  return {
    startingCredits: settings.STARTING_TOKENS,
    maxMessageChars: settings.MAX_MESSAGE_CHARS,
    accessTtlMs: settings.ACCESS_TOKEN_TTL,
    refreshTtlMs: settings.REFRESH_TOKEN_TTL,
    holdTtlMs: settings.HOLD_TTL,
    holdLeaseMs: settings.HOLD_LEASE,
    publicUrl: settings.PUBLIC_URL ?? publicUrl,
    requireTwoFactors: settings.REQUIRE_TWO_FACTORS,
    requireVerifiedEmail: settings.REQUIRE_VERIFIED_EMAIL,
    passwordSignIn: settings.PASSWORD_SIGN_IN === 'on',
    allowance: settings.ALLOWANCE,
    timeZone: settings.TIME_ZONE,
    creditUnit: settings.CREDIT_UNIT,
    creditDecimals: settings.CREDIT_DECIMALS,
    packages: settings.PAYMENTS === 'off' ? [] : settings.packages,
    limits: limitsOf(settings),
    defaultCaps: settings.DEFAULT_CAPS ?? [],
    lowBalance: settings.LOW_BALANCE,
  };
}
