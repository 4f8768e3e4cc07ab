import { beforeAll, describe } from 'vitest';
import { createAdministrator } from './administrator.js';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { modelsSuite } from './suites/models.js';

describe.runIf(chromiumPath() !== null)('the page of models', () => {
  const pages = servedPages('embedded');
  beforeAll(async () => {
    await createAdministrator(pages().server, 'root_admin');
  });
  modelsSuite(pages);
});
