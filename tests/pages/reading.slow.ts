import { describe } from 'vitest';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { followingSuite } from './suites/following.js';
import { markdownSuite } from './suites/markdown.js';
import { offlineSuite } from './suites/offline.js';

// Without Chromium the summary of the test run reports these tests as not run.
describe.runIf(chromiumPath() !== null)('reading replies', () => {
  const pages = servedPages('embedded');
  describe('Markdown', () => {
    markdownSuite(pages);
  });
  describe('offline', () => {
    offlineSuite(pages);
  });
  describe('following', () => {
    followingSuite(pages);
  });
});
