import { expect, test } from 'vitest';
import { readSettings } from '../../src/config/settings.js';

function read(environment: Record<string, string>) {
  const found = readSettings(environment);
  return found.outcome === 'valid'
    ? { settings: found.settings, faults: [] }
    : { settings: null, faults: found.faults };
}

test('everything is limited where nothing is said', () => {
  expect(read({}).settings).toMatchObject({
    RATE_LIMIT: 'on',
    RATE_LIMIT_CHAT: { max: 60, windowMs: 60_000 },
    RATE_LIMIT_LOGIN: { max: 10, windowMs: 900_000 },
    RATE_LIMIT_LOGIN_ADDRESS: { max: 50, windowMs: 900_000 },
    RATE_LIMIT_LOGIN_ACCOUNT: { max: 100, windowMs: 900_000 },
    RATE_LIMIT_REGISTER: { max: 20, windowMs: 3_600_000 },
    RATE_LIMIT_REFRESH: { max: 300, windowMs: 60_000 },
    RATE_LIMIT_FORGOT: { max: 5, windowMs: 3_600_000 },
    RATE_LIMIT_FORGOT_ADDRESS: { max: 20, windowMs: 3_600_000 },
    RATE_LIMIT_NOTICES: { max: 20, windowMs: 3_600_000 },
    TRUSTED_PROXIES: null,
  });
});

test.each([
  '60',
  '60/m',
  '0/1m',
  '60/0m',
  '60/1w',
  '-1/1m',
  '1.5/1m',
  '60 / 1m',
  '60/25d',
  '1000000/1m',
  'off',
])('the rate "%s" is refused', (rate) => {
  expect(read({ RATE_LIMIT_CHAT: rate }).faults).toEqual([
    'RATE_LIMIT_CHAT must be a rate such as 60/1m or 20/1h, within at most 24d',
  ]);
});

test('limits are on or off', () => {
  expect(read({ RATE_LIMIT: 'off' }).settings?.RATE_LIMIT).toBe('off');
  expect(read({ RATE_LIMIT: 'false' }).faults).toEqual(['RATE_LIMIT must be on or off']);
});

test.each([
  ['10.0.0.1', ['10.0.0.1']],
  ['10.0.0.0/8, 2001:db8::/32,::1', ['10.0.0.0/8', '2001:db8::/32', '::1']],
  ['loopback', ['loopback']],
])('the proxies "%s" are trusted', (text, proxies) => {
  expect(read({ TRUSTED_PROXIES: text }).settings?.TRUSTED_PROXIES).toEqual(proxies);
});

test.each(['everybody', '10.0.0.0/33', '10.0.0.1,', 'proxy.example.com', '*', '2001:db8::/129'])(
  'the proxies "%s" are refused',
  (text) => {
    expect(read({ TRUSTED_PROXIES: text }).faults).toEqual([
      'TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, separated by commas',
    ]);
  },
);

test('passwords wait to be hashed for ten seconds, or as long as is said', () => {
  expect(read({}).settings).toMatchObject({ SIGN_IN_QUEUE: 10_000 });
  expect(read({ SIGN_IN_QUEUE: '1m' }).settings).toMatchObject({ SIGN_IN_QUEUE: 60_000 });
  for (const queue of ['0s', '10', 'off', '25d']) {
    expect(read({ SIGN_IN_QUEUE: queue }).faults, queue).toEqual([
      expect.stringMatching(/^SIGN_IN_QUEUE must be a duration/) as string,
    ]);
  }
});
