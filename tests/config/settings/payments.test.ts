import { describe, expect, test } from 'vitest';
import { problems, valid } from '../read.js';

const stripe = {
  PAYMENTS: 'stripe',
  STRIPE_SECRET_KEY: 'sk_test_123',
  STRIPE_WEBHOOK_SECRET: 'whsec_123',
};

describe('payments by Stripe', () => {
  test('require both secrets, and accept restricted keys and live mode', () => {
    expect(valid(stripe)).toMatchObject(stripe);
    expect(valid({ ...stripe, STRIPE_SECRET_KEY: 'rk_live_1' }).STRIPE_SECRET_KEY).toBe('rk_live_1');
    expect(problems({ PAYMENTS: 'stripe' })).toEqual([
      'STRIPE_SECRET_KEY is required if PAYMENTS is stripe',
      'STRIPE_WEBHOOK_SECRET is required if PAYMENTS is stripe',
    ]);
  });

  test.each([
    ['STRIPE_SECRET_KEY', 'pk_test_123'],
    ['STRIPE_SECRET_KEY', 'sk_test_ä'],
    ['STRIPE_WEBHOOK_SECRET', 'sk_test_123'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_1 2'],
    ['STRIPE_API_BASE', 'http://127.0.0.1:1/v1'],
    ['STRIPE_API_BASE', 'https://user:password@stripe.example.com'],
    ['STRIPE_API_BASE', 'ftp://stripe.example.com'],
  ])('reject %s=%s without repeating it', (name, value) => {
    const found = problems({ ...stripe, [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} must be `));
    expect(found[0]).not.toContain(value);
  });
});

describe('the test checkout', () => {
  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('is allowed on %s', (HOST) => {
    expect(valid({ PAYMENTS: 'demo', HOST }).PAYMENTS).toBe('demo');
  });

  test.each(['0.0.0.0', '::', '192.168.1.10', 'chat.example.com', '127.0.0.1.example.com'])(
    'is rejected on %s, unless it is meant to be public',
    (HOST) => {
      expect(problems({ PAYMENTS: 'demo', HOST })).toEqual([
        'PAYMENTS=demo gives credits for nothing to all who reach HOST; set PAYMENTS_DEMO_PUBLIC=true if that is intended',
      ]);
      expect(valid({ PAYMENTS: 'demo', HOST, PAYMENTS_DEMO_PUBLIC: 'true' }).PAYMENTS).toBe('demo');
      expect(valid({ HOST }).PAYMENTS).toBe('off');
    },
  );
});
