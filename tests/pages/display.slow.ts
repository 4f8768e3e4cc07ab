import { describe } from 'vitest';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { displaySuite } from './suites/display.js';
import { languagesSuite } from './suites/languages.js';

// Without Chromium the summary of the test run reports these tests as not run.
describe.runIf(chromiumPath() !== null)('how the chat page looks', () => {
  const pages = servedPages('embedded', { LOW_BALANCE: '3000' });
  describe('its frame', () => {
    displaySuite(pages);
  });
  describe('languages', () => {
    languagesSuite(pages);
  });
});
