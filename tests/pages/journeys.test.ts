import { describe } from 'vitest';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { journeysSuite } from './suites/journeys.js';

// Where there is no Chromium, the closing lines say that these were not run.
describe.runIf(chromiumPath() !== null)('the ways of the tokens through the pages', () => {
  journeysSuite(servedPages('embedded'));
});
