import { describe } from 'vitest';
import type { Engine } from '../process/storage.js';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';
import { branchesSuite } from './suites/branches.js';
import { conversationSettingsSuite } from './suites/conversation-settings.js';
import { findingSuite } from './suites/finding.js';

const engines: readonly Engine[] = ['embedded', 'PostgreSQL'];

for (const engine of engines) {
  describe.runIf(chromiumPath() !== null)(`conversations on the chat page, on ${engine}`, () => {
    const pages = servedPages(engine);
    describe('their settings', () => {
      conversationSettingsSuite(pages);
    });
    describe('finding them', () => {
      findingSuite(pages);
    });
    describe('their branches', () => {
      branchesSuite(pages);
    });
  });
}
