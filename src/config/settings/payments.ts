import * as v from 'valibot';
import { optionalSetting, setting } from '../setting.js';
import { oneOf } from '../values/choices.js';

export const paymentSettings = {
  PAYMENTS: setting(oneOf(['off', 'demo', 'stripe']), {
    default: 'off',
    help: 'How packages are paid: stripe, demo for a test page that moves no money, or off to sell nothing.',
  }),
  PACKAGES_FILE: optionalSetting(v.string(), {
    help: 'A JSON file with the packages that people can buy.',
  }),
};
