import { describe } from 'vitest';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { journeysSuite } from './suites/journeys.js';
import { lostConnectionsSuite } from './suites/lost-connections.js';

describe.runIf(chromiumPath() !== null)('the pages on PostgreSQL', () => {
  const pages = servedPages('PostgreSQL');
  describe('the journey of tokens', () => {
    journeysSuite(pages);
  });
  describe('the chat page', () => {
    lostConnectionsSuite(pages);
  });
});
