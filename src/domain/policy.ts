import { defaultUnit } from './ledger/credit-unit.js';
import type { TwoFactorRule } from './factors/factor.js';
import { defaultLimits, type Limits } from './limits/rate-limits.js';
import type { Package } from './orders/package.js';
import { noWalletRules, type WalletRules } from './metering/wallet-rules.js';

/** The rules that the operator of a core chooses. */
export interface Policy extends WalletRules {
  /** Credits granted to a new account. */
  startingCredits: number;
  /** The maximum length of a message, in code points; null for three per token of the model's context. */
  maxMessageChars: number | null;
  /** How long an access token is valid, in milliseconds. */
  accessTtlMs: number;
  /** How long a refresh token, and with it an unused session, is valid, in milliseconds. */
  refreshTtlMs: number;
  /** How long an exchange can hold credits, in milliseconds, even while its server renews the hold. */
  holdTtlMs: number;
  /** How long a hold lasts without renewal by its server, in milliseconds; at most `holdTtlMs`. */
  holdLeaseMs: number;
  /** The rate limits. */
  limits: Limits;
  /** The URL that links in mails begin with. */
  publicUrl: string;
  /** True if only accounts with a verified email may chat. */
  requireVerifiedEmail: boolean;
  /** False if passwords open no session, and only providers remain: no user can register, sign in by a password or reset one. */
  passwordSignIn: boolean;
  /** Whose sign-in requires a second factor, beside those who have set one up: `off`, `admin` or `all`. */
  requireTwoFactors: TwoFactorRule;
  /** The name of the unit that people see beside amounts, such as `tokens` or `USD`. */
  creditUnit: string;
  /** The decimals of amounts in that unit: 10^creditDecimals credits are one unit. */
  creditDecimals: number;
  /** What people can buy. Requires a port `payments`. */
  packages: readonly Package[];
}

const hourMs = 60 * 60 * 1000;

/**
 * The default of each rule.
 *
 * @example
 * ```ts
 * import { createCore, defaultPolicy, type CorePorts } from 'metered-chat';
 *
 * declare const ports: CorePorts;
 * const policy = { startingCredits: 2 * defaultPolicy.startingCredits };
 * const core = createCore({ ...ports, policy });
 * ```
 */
export const defaultPolicy: Policy = {
  startingCredits: 4000,
  maxMessageChars: null,
  accessTtlMs: 24 * hourMs,
  refreshTtlMs: 30 * 24 * hourMs,
  holdTtlMs: hourMs / 6,
  holdLeaseMs: 30_000,
  limits: defaultLimits,
  publicUrl: 'http://localhost:8000',
  requireVerifiedEmail: false,
  passwordSignIn: true,
  requireTwoFactors: 'off',
  creditUnit: defaultUnit.name,
  creditDecimals: defaultUnit.decimals,
  packages: [],
  ...noWalletRules,
};
