import { expect, test } from 'vitest';
import { policyOf } from '../../../src/config/policy.js';
import { problems, valid } from '../read.js';

test('an allowance is an amount for each day, week or month, and none by default', () => {
  expect(valid({}).ALLOWANCE).toBeNull();
  expect(policyOf(valid({}), '').allowance).toBeNull();
  for (const every of ['day', 'week', 'month'] as const) {
    const settings = valid({ ALLOWANCE: `4000/${every}` });
    expect(settings.ALLOWANCE).toEqual({ amount: 4000, every });
    expect(policyOf(settings, '').allowance).toEqual({ amount: 4000, every });
  }
  expect(valid({ ALLOWANCE: '0/day' }).ALLOWANCE).toEqual({ amount: 0, every: 'day' });
  expect(valid({ ALLOWANCE: '9007199254740991/month' }).ALLOWANCE?.amount).toBe(Number.MAX_SAFE_INTEGER);
});

test.each([
  '4000',
  '4000/',
  '/month',
  '-1/month',
  '1.5/month',
  '1e3/month',
  '4000/hour',
  '4000/total',
  '4000/year',
  '4000/Month',
  '4 000/month',
  '4000/month,1/day',
  '9007199254740992/month',
  '99999999999999999/month',
])('ALLOWANCE=%s is rejected with an example', (text) => {
  expect(problems({ ALLOWANCE: text })).toEqual([
    'ALLOWANCE must be an amount for each day, week or month, such as 4000/month',
  ]);
});

test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Etc/GMT-14'])(
  'TIME_ZONE can be %s',
  (name) => {
    const settings = valid({ TIME_ZONE: name });
    expect(settings.TIME_ZONE).toBe(name);
    expect(policyOf(settings, '').timeZone).toBe(name);
  },
);

test('the time zone is UTC by default', () => {
  expect(valid({}).TIME_ZONE).toBe('UTC');
});

test.each(['Berlin', 'Europe/Bielefeld', 'UTC+1', 'CET1', 'Europe/Berlin/', '/', 'Mars/Base'])(
  'TIME_ZONE=%s is rejected with an example',
  (name) => {
    expect(problems({ TIME_ZONE: name })).toEqual([
      'TIME_ZONE must be the name of a time zone, such as UTC or Europe/Berlin',
    ]);
  },
);

test('the unit of amounts and its decimals are those of the policy, tokens without decimals by default', () => {
  expect(policyOf(valid({}), '')).toMatchObject({ creditUnit: 'tokens', creditDecimals: 0 });
  expect(policyOf(valid({ CREDIT_UNIT: 'USD', CREDIT_DECIMALS: '6' }), '')).toMatchObject({
    ...{ creditUnit: 'USD', creditDecimals: 6 },
  });
  expect(problems({ CREDIT_DECIMALS: '13' })).toEqual([
    'CREDIT_DECIMALS must be a whole number from 0 to 12',
  ]);
});
