import { describe } from 'vitest';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { journeysSuite } from './suites/journeys.js';

// Without Chromium the summary of the test run reports these tests as not run.
describe.runIf(chromiumPath() !== null)('the journey of tokens through the pages', () => {
  journeysSuite(servedPages('embedded'));
});
