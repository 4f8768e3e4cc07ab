import { describe } from 'vitest';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { journeysSuite } from './suites/journeys.js';

describe.runIf(chromiumPath() !== null)('the pages on PostgreSQL', () => {
  journeysSuite(servedPages('PostgreSQL'));
});
