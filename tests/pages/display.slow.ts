import { describe } from 'vitest';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { displaySuite } from './suites/display.js';
import { languagesSuite } from './suites/languages.js';
import { mailPagesSuite } from './suites/mail-pages.js';
import { statementSuite } from './suites/statement.js';

// Without Chromium the summary of the test run reports these tests as not run.
describe.runIf(chromiumPath() !== null)('how the chat page looks', () => {
  const pages = servedPages('embedded', { LOW_BALANCE: '3000', MAX_MESSAGE_CHARS: '300' });
  describe('its frame', () => {
    displaySuite(pages);
  });
  describe('languages', () => {
    languagesSuite(pages);
  });
  describe('the pages that mails link to', () => {
    mailPagesSuite(pages);
  });
  describe('the statement', () => {
    statementSuite(pages);
  });
});
