import { authTokenView } from './auth-token-store/view.js';
import { openingSuite } from './auth-token-store/open-session.js';
import { refreshingSuite } from './auth-token-store/refresh-session.js';
import { endingSuite } from './auth-token-store/end-session.js';
import { provingSuite } from './auth-token-store/prove-identity.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `AuthTokenStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { authTokenStoreContract } from 'metered-chat/testing';
 *
 * authTokenStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function authTokenStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  runner.describe(`auth token store: ${name}`, () => {
    const view = authTokenView(runner, openedHarness(runner, openHarness));
    openingSuite(view);
    refreshingSuite(view);
    endingSuite(view);
    provingSuite(view);
  });
}
