import { beforeAll, describe } from 'vitest';
import { createAdministrator } from './administrator.js';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { buyingSuite, packagesForSale } from './suites/buying.js';
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
