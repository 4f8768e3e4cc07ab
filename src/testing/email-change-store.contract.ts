import { emailChangeView } from './email-change-store/view.js';
import { requestingSuite } from './email-change-store/request.js';
import { confirmingSuite } from './email-change-store/confirm.js';
import { cancellingSuite } from './email-change-store/cancel.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `EmailChangeStore` against an adapter, together with the stores that request and confirm changes.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { emailChangeStoreContract } from 'metered-chat/testing';
 *
 * emailChangeStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function emailChangeStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  runner.describe(`email change store: ${name}`, () => {
    const view = emailChangeView(runner, openedHarness(runner, openHarness));
    requestingSuite(view);
    confirmingSuite(view);
    cancellingSuite(view);
  });
}
