import * as v from 'valibot';
import { optionalSetting, secretSetting, setting } from '../setting.js';
import { flag, oneOf } from '../values/choices.js';

const stripeKey = v.pipe(
  v.string(),
  v.regex(
    /^(?:sk|rk)_(?:test|live)_[\x21-\x7E]{1,500}$/,
    'must be a secret or restricted key of Stripe, which begins with sk_test_, sk_live_, rk_test_ or rk_live_',
  ),
);

const signingSecret = v.pipe(
  v.string(),
  v.regex(/^whsec_[\x21-\x7E]{1,500}$/, 'must be the signing secret of a webhook, which begins with whsec_'),
);

const origin = v.pipe(
  v.string(),
  v.check(
    (text) => URL.canParse(text) && /^https?:\/\/[^/?#@]+$/.test(text),
    'must be an origin such as http://127.0.0.1:12111, without a path',
  ),
);

export const paymentSettings = {
  PAYMENTS: setting(oneOf(['off', 'demo', 'stripe']), {
    default: 'off',
    help: 'How packages are paid: stripe, demo for a test page that moves no money, or off to sell nothing.',
  }),
  PACKAGES_FILE: optionalSetting(v.string(), {
    help: 'A JSON file with the packages that people can buy.',
  }),
  STRIPE_SECRET_KEY: secretSetting(stripeKey, {
    help: 'The secret or restricted key of the Stripe account, in test or live mode; required for PAYMENTS=stripe.',
  }),
  STRIPE_WEBHOOK_SECRET: secretSetting(signingSecret, {
    help: 'The signing secret of the webhook endpoint at Stripe; required for PAYMENTS=stripe.',
  }),
  STRIPE_API_BASE: optionalSetting(origin, {
    help: "The origin of Stripe's API, for tests with another server in its place.",
  }),
  PAYMENTS_DEMO_PUBLIC: setting(flag, {
    default: 'false',
    help: 'Set to true to allow PAYMENTS=demo, where nothing is paid, if HOST is not a loopback address.',
  }),
};

/** What is wrong with the combination of payment settings. */
export function paymentProblems(
  settings: { PAYMENTS: string; PAYMENTS_DEMO_PUBLIC: boolean; HOST: string },
  isSet: (name: string) => boolean,
): string[] {
  switch (settings.PAYMENTS) {
    case 'stripe':
      return ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']
        .filter((name) => !isSet(name))
        .map((name) => `${name} is required if PAYMENTS is stripe`);
    case 'demo':
      return settings.PAYMENTS_DEMO_PUBLIC || isLoopback(settings.HOST)
        ? []
        : [
            'PAYMENTS=demo gives credits for nothing to all who reach HOST; set PAYMENTS_DEMO_PUBLIC=true if that is intended',
          ];
    default:
      return [];
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
