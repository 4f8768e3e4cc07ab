import { userStoreView } from './user-store/view.js';
import { creatingSuite } from './user-store/create.js';
import { findingSuite } from './user-store/find.js';
import { profileSuite } from './user-store/change-profile.js';
import { passwordSuite } from './user-store/change-password.js';
import { accountSuite } from './user-store/change-account.js';
import { erasingSuite } from './user-store/erase.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `UserStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { userStoreContract } from 'metered-chat/testing';
 *
 * userStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function userStoreContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  runner.describe(`user store: ${name}`, () => {
    const view = userStoreView(runner, openedHarness(runner, openHarness));
    creatingSuite(view);
    findingSuite(view);
    profileSuite(view);
    passwordSuite(view);
    accountSuite(view);
    erasingSuite(view);
  });
}
