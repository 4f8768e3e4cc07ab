import { beforeAll, describe } from 'vitest';
import { createAdministrator } from './administrator.js';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { adminAccessibilitySuite } from './suites/admin-accessibility.js';
import { adminFormsSuite } from './suites/admin-forms.js';
import { adminKeyboardSuite } from './suites/admin-keyboard.js';
import { adminLanguagesSuite } from './suites/admin-languages.js';
import { adminListsSuite } from './suites/admin-lists.js';
import { adminLookSuite } from './suites/admin-look.js';
import { adminOverviewSuite } from './suites/admin-overview.js';
import { adminPersonSuite } from './suites/admin-person.js';
import { adminRecordsSuite } from './suites/admin-records.js';
import { packagesForSale } from './suites/buying.js';

describe.runIf(chromiumPath() !== null)('the administration of a server that sells', () => {
  const pages = servedPages('embedded', { PAYMENTS: 'demo' }, packagesForSale);
  beforeAll(async () => {
    await createAdministrator(pages().server, 'root_admin');
  });
  describe('the lists', () => {
    adminListsSuite(pages);
  });
  describe('the languages', () => {
    adminLanguagesSuite(pages);
  });
  describe('the accessibility', () => {
    adminAccessibilitySuite(pages);
  });
  describe('the forms', () => {
    adminFormsSuite(pages);
  });
  describe('the keyboard', () => {
    adminKeyboardSuite(pages);
  });
  describe('the look', () => {
    adminLookSuite(pages);
  });
  describe('the overview', () => {
    adminOverviewSuite(pages);
  });
  describe('the page of a person', () => {
    adminPersonSuite(pages);
  });
  describe('the records', () => {
    adminRecordsSuite(pages);
  });
});
