import { afterAll, beforeAll, describe } from 'vitest';
import { startFakeStripe, type FakeStripe } from '../adapters/payments/fake-stripe/fake-stripe.js';
import { createAdministrator } from './administrator.js';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { buyingSuite, packagesForSale } from './suites/buying.js';
import { buyingAtStripeSuite } from './suites/buying-at-stripe.js';
import { keyboardWalkSuite } from './suites/keyboard-walk.js';
import { modelsSuite } from './suites/models.js';
import { vouchersSuite } from './suites/vouchers.js';
import { webhooksSuite } from './suites/webhooks.js';

describe.runIf(chromiumPath() !== null)('the pages of a server that sells', () => {
  const pages = servedPages('embedded', { PAYMENTS: 'demo', WEBHOOK_ALLOW_PRIVATE: 'true' }, packagesForSale);
  beforeAll(async () => {
    await createAdministrator(pages().server, 'root_admin');
  });
  describe('buying', () => {
    buyingSuite(pages);
  });
  describe('without a mouse', () => {
    keyboardWalkSuite(pages);
  });
  describe('the vouchers', () => {
    vouchersSuite(pages);
  });
  describe('the webhooks', () => {
    webhooksSuite(pages);
  });
  describe('the models', () => {
    modelsSuite(pages);
  });
});

describe.runIf(chromiumPath() !== null)('the pages of a server that sells by Stripe', () => {
  let fake: FakeStripe;
  const startStripe = async () => {
    fake = await startFakeStripe({
      receive: async ({ body, headers }) =>
        (await fetch(`${pages().server.url}/api/payments/webhook/`, { method: 'POST', body, headers }))
          .status,
    });
    fake.deliversAtOnce = true;
    const { secretKey, webhookSecret, url } = fake;
    return {
      ...{ PAYMENTS: 'stripe', STRIPE_SECRET_KEY: secretKey },
      ...{ STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_BASE: url },
    };
  };
  const pages = servedPages('embedded', startStripe, packagesForSale);
  beforeAll(async () => {
    await createAdministrator(pages().server, 'root_admin');
  });
  afterAll(() => fake.close());
  buyingAtStripeSuite(pages, () => fake);
});
