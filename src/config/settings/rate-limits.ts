import { defaultLimits, noLimits, type Limit, type Limits } from '../../domain/limits/rate-limits.js';
import { setting } from '../setting.js';
import { oneOf } from '../values/choices.js';
import { formatRate, rate } from '../values/durations.js';

function rateLimit(name: keyof Limits, help: string) {
  return setting(rate(), { default: formatRate(defaultLimits[name]), help });
}

export const rateLimitSettings = {
  RATE_LIMIT: setting(oneOf(['on', 'off']), {
    default: 'on',
    help: 'Set to off to disable every rate limit, for tests and benchmarks.',
  }),
  RATE_LIMIT_CHAT: rateLimit('chatsByUser', 'Messages of one account.'),
  RATE_LIMIT_COUNT: rateLimit(
    'inputCountsByUser',
    'Requests of one account that only count the tokens of their input.',
  ),
  RATE_LIMIT_ORDERS: rateLimit('ordersByUser', 'Orders of one account.'),
  RATE_LIMIT_SERVICE: rateLimit('requestsByServiceKey', 'Requests with one service key.'),
  RATE_LIMIT_LOGIN: rateLimit('guessesByNameAndAddress', 'Wrong passwords for one account from one address.'),
  RATE_LIMIT_LOGIN_ADDRESS: rateLimit('guessesByAddress', 'Wrong passwords from one address.'),
  RATE_LIMIT_LOGIN_ACCOUNT: rateLimit('guessesByName', 'Wrong passwords for one account from all addresses.'),
  RATE_LIMIT_CODES: rateLimit('wrongCodesByUser', 'Wrong codes of second factors for one account.'),
  RATE_LIMIT_PASSKEYS: rateLimit(
    'passkeySignInsByAddress',
    'Sign-ins by passkey that are begun from one address.',
  ),
  RATE_LIMIT_VOUCHERS: rateLimit('wrongVouchersByUser', 'Wrong codes of vouchers by one account.'),
  RATE_LIMIT_VOUCHERS_ADDRESS: rateLimit(
    'wrongVouchersByAddress',
    'Wrong codes of vouchers from one address.',
  ),
  RATE_LIMIT_REGISTER: rateLimit('registrationsByAddress', 'Registrations from one address.'),
  RATE_LIMIT_REFRESH: rateLimit('refreshesByAddress', 'Session refreshes from one address.'),
  RATE_LIMIT_PROVIDERS: rateLimit(
    'providerSignInsByAddress',
    'Sign-ins by a provider that begin or finish from one address.',
  ),
  RATE_LIMIT_FORGOT: rateLimit(
    'forgottenByEmail',
    'Mails requested for one email address: to reset a password or to confirm the address.',
  ),
  RATE_LIMIT_FORGOT_ADDRESS: rateLimit('forgottenByAddress', 'Mails requested from one network address.'),
  RATE_LIMIT_NOTICES: rateLimit(
    'noticesByEmail',
    'Mails to one email address about a changed password or a new API key; more are not sent.',
  ),
};

type LimitSetting = Exclude<keyof typeof rateLimitSettings, 'RATE_LIMIT'>;

/** The limits for the domain. */
export function limitsOf(settings: { RATE_LIMIT: 'on' | 'off' } & Record<LimitSetting, Limit>): Limits {
  if (settings.RATE_LIMIT === 'off') return noLimits;
  return {
    chatsByUser: settings.RATE_LIMIT_CHAT,
    inputCountsByUser: settings.RATE_LIMIT_COUNT,
    ordersByUser: settings.RATE_LIMIT_ORDERS,
    requestsByServiceKey: settings.RATE_LIMIT_SERVICE,
    registrationsByAddress: settings.RATE_LIMIT_REGISTER,
    refreshesByAddress: settings.RATE_LIMIT_REFRESH,
    providerSignInsByAddress: settings.RATE_LIMIT_PROVIDERS,
    forgottenByEmail: settings.RATE_LIMIT_FORGOT,
    forgottenByAddress: settings.RATE_LIMIT_FORGOT_ADDRESS,
    noticesByEmail: settings.RATE_LIMIT_NOTICES,
    guessesByNameAndAddress: settings.RATE_LIMIT_LOGIN,
    guessesByName: settings.RATE_LIMIT_LOGIN_ACCOUNT,
    guessesByAddress: settings.RATE_LIMIT_LOGIN_ADDRESS,
    wrongCodesByUser: settings.RATE_LIMIT_CODES,
    passkeySignInsByAddress: settings.RATE_LIMIT_PASSKEYS,
    wrongVouchersByUser: settings.RATE_LIMIT_VOUCHERS,
    wrongVouchersByAddress: settings.RATE_LIMIT_VOUCHERS_ADDRESS,
  };
}
