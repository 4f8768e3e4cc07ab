import { beforeAll, describe } from 'vitest';
import { createAdministrator } from './administrator.js';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { modelsSuite } from './suites/models.js';
import { vouchersSuite } from './suites/vouchers.js';

describe.runIf(chromiumPath() !== null)('the pages of a server that sells', () => {
  const pages = servedPages('embedded');
  beforeAll(async () => {
    await createAdministrator(pages().server, 'root_admin');
  });
  describe('the vouchers', () => {
    vouchersSuite(pages);
  });
  describe('the models', () => {
    modelsSuite(pages);
  });
});
