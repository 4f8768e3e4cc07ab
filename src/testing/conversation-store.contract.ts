import { conversationView } from './conversation-store/view.js';
import { beginningSuite } from './conversation-store/begin.js';
import { readingSuite } from './conversation-store/read.js';
import { changingSuite } from './conversation-store/change.js';
import { branchingSuite } from './conversation-store/branch.js';
import { searchingSuite } from './conversation-store/search.js';
import { erasingSuite } from './conversation-store/erase.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `ConversationStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { conversationStoreContract } from 'metered-chat/testing';
 *
 * conversationStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function conversationStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  runner.describe(`conversation store: ${name}`, () => {
    const view = conversationView(runner, openedHarness(runner, openHarness));
    beginningSuite(view);
    readingSuite(view);
    changingSuite(view);
    branchingSuite(view);
    searchingSuite(view);
    erasingSuite(view);
  });
}
