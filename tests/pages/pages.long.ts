import { describe } from 'vitest';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { accountSettingsSuite } from './suites/account-settings.js';
import { administrationSuite } from './suites/administration.js';
import { chatPageSuite } from './suites/chat-page.js';
import { chatFailuresSuite } from './suites/chat-failures.js';
import { followingSuite } from './suites/following.js';
import { journeysSuite } from './suites/journeys.js';
import { lostConnectionsSuite } from './suites/lost-connections.js';
import { markdownSuite } from './suites/markdown.js';
import { offlineSuite } from './suites/offline.js';
import { serviceKeysSuite } from './suites/service-keys.js';
import { walletSuite } from './suites/wallet.js';
import { writingSuite } from './suites/writing.js';

describe.runIf(chromiumPath() !== null).each(['embedded', 'PostgreSQL'] as const)(
  'all pages on %s',
  (engine) => {
    const pages = servedPages(engine);
    describe('the journey of tokens', () => {
      journeysSuite(pages);
    });
    describe('the chat page', () => {
      chatPageSuite(pages);
      writingSuite(pages);
      chatFailuresSuite(pages);
      lostConnectionsSuite(pages);
      markdownSuite(pages);
      offlineSuite(pages);
      followingSuite(pages);
    });
    describe('the account', () => {
      accountSettingsSuite(pages);
    });
    describe('the administration', () => {
      administrationSuite(pages, { isWhole: true });
    });
    describe('the wallet', () => {
      walletSuite(pages);
    });
    describe('the service keys', () => {
      serviceKeysSuite(pages);
    });
  },
);
