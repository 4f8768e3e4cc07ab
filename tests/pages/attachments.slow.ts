import { describe } from 'vitest';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { attachmentsSuite } from './suites/attachments.js';

// Without Chromium the summary of the test run reports these tests as not run.
describe.runIf(chromiumPath() !== null)('attachments', () => {
  attachmentsSuite(servedPages('embedded'));
});
