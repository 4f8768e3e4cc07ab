import { describe } from 'vitest';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { administrationSuite } from './suites/administration.js';
import { chatPageSuite } from './suites/chat-page.js';
import { creditUnitSuite, dollarSettings } from './suites/credit-unit.js';
import { journeysSuite } from './suites/journeys.js';
import { serviceKeysSuite } from './suites/service-keys.js';
import { walletSuite } from './suites/wallet.js';
import { screenshotsSuite } from './suites/screenshots.js';
import { writingSuite } from './suites/writing.js';

// Without Chromium the summary of the test run reports these tests as not run.
describe.runIf(chromiumPath() !== null)('the pages on the embedded database', () => {
  const pages = servedPages('embedded');
  describe('the journey of tokens', () => {
    journeysSuite(pages);
  });
  describe('the chat page', () => {
    chatPageSuite(pages);
    writingSuite(pages);
  });
  describe('the administration', () => {
    administrationSuite(pages, { isWhole: false });
  });
  describe('the wallet', () => {
    walletSuite(pages);
  });
  describe('the service keys', () => {
    serviceKeysSuite(pages);
  });
});

describe.runIf(chromiumPath() !== null)('the pages with a unit of their own', () => {
  creditUnitSuite(servedPages('embedded', dollarSettings));
});

describe.runIf(chromiumPath() !== null && (process.env['SCREENSHOTS'] ?? '') !== '')(
  'the screenshots',
  () => {
    screenshotsSuite();
  },
);
