import { expect, test } from 'vitest';
import { policyOf } from '../../src/config/policy.js';
import { defaultTerms } from '../../src/domain/chat/model-offer.js';
import { noLimits } from '../../src/domain/limits/rate-limits.js';
import { defaultPolicy } from '../../src/domain/policy.js';
import { valid } from './read.js';

test('without settings the policy and the terms of the model are the defaults of the domain', () => {
  const settings = valid({});
  expect(policyOf(settings, defaultPolicy.publicUrl)).toEqual(defaultPolicy);
  expect(settings.models).toMatchObject([defaultTerms]);
});

test('PUBLIC_URL takes precedence over the address of the server', () => {
  expect(policyOf(valid({ PUBLIC_URL: 'https://a.example' }), 'http://b.example').publicUrl).toBe(
    'https://a.example',
  );
});

test('RATE_LIMIT=off disables every limit', () => {
  expect(policyOf(valid({ RATE_LIMIT: 'off' }), '').limits).toEqual(noLimits);
});
