import * as v from 'valibot';
import { defaultTerms } from '../../domain/chat/model-offer.js';
import { creditUnitRule, isCreditUnitName, maxCreditDecimals } from '../../domain/ledger/credit-unit.js';
import { parseAllowance } from '../../domain/metering/allowance.js';
import { validateTimeZone } from '../../domain/metering/window.js';
import { defaultPolicy } from '../../domain/policy.js';
import { optionalSetting, setting } from '../setting.js';
import { defaultCaps } from '../values/default-caps.js';
import { formatDuration } from '../../domain/duration.js';
import { duration, timeout } from '../values/durations.js';
import { wholeNumber } from '../values/numbers.js';

const amount = wholeNumber(0, Number.MAX_SAFE_INTEGER);

const allowance = v.pipe(
  v.string(),
  v.transform(parseAllowance),
  v.check((parsed) => parsed !== null, 'must be an amount for each day, week or month, such as 4000/month'),
);

const timeZone = v.pipe(
  v.string(),
  v.check(
    (name) => validateTimeZone(name) === null,
    'must be the name of a time zone, such as UTC or Europe/Berlin',
  ),
);

export const creditSettings = {
  CREDIT_UNIT: setting(v.pipe(v.string(), v.check(isCreditUnitName, creditUnitRule)), {
    default: defaultPolicy.creditUnit,
    help: 'The unit of amounts in pages, mails and CSV files; the API and these settings have whole credits.',
  }),
  CREDIT_DECIMALS: setting(wholeNumber(0, maxCreditDecimals), {
    default: String(defaultPolicy.creditDecimals),
    help: 'The decimals of amounts in that unit; with USD and 6, a credit is a millionth of a dollar.',
  }),
  STARTING_TOKENS: setting(amount, {
    default: String(defaultPolicy.startingCredits),
    help: 'The tokens that a new account starts with.',
  }),
  ALLOWANCE: optionalSetting(allowance, {
    help: 'The tokens that each account gets for each day, week or month, such as 4000/month; what is left of them expires with the period.',
  }),
  TIME_ZONE: setting(timeZone, {
    default: defaultPolicy.timeZone,
    help: 'The time zone by which days, weeks and months of allowances and caps begin, such as Europe/Berlin.',
  }),
  TOKENS_PER_MESSAGE: setting(amount, {
    default: String(defaultTerms.price.perMessage),
    help: 'The price of a message, in tokens; a models file may set other prices.',
  }),
  DEFAULT_CAPS: optionalSetting(defaultCaps, {
    help: 'The most tokens that an account may spend in a window, such as 500/day,5000/month; an administrator may set others.',
  }),
  LOW_BALANCE: optionalSetting(wholeNumber(1, Number.MAX_SAFE_INTEGER), {
    help: 'The tokens below which a balance is low: the account is notified by mail and in the chat page, other programs by webhooks.',
  }),
  HOLD_TTL: setting(duration(), {
    default: formatDuration(defaultPolicy.holdTtlMs),
    help: 'The time after which the hold of an unfinished chat is released; must exceed AI_TOTAL_TIMEOUT.',
  }),
  HOLD_LEASE: setting(timeout(), {
    default: formatDuration(defaultPolicy.holdLeaseMs),
    help: 'How long holds and idempotency keys remain after their server has died.',
  }),
};
