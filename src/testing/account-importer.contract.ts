import { importerView } from './account-importer/view.js';
import { importingSuite } from './account-importer/import.js';
import { rejectingSuite } from './account-importer/reject.js';
import { signInSuite } from './account-importer/sign-in.js';
import type { ImporterHarness } from './account-importer/view.js';
import { openedHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

export type { ImporterHarness };

/**
 * Runs the contract of `AccountImporter` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param open Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { accountImporterContract, type ImporterHarness } from 'metered-chat/testing';
 *
 * declare function openImporter(): Promise<ImporterHarness>;
 * accountImporterContract({ afterAll, beforeAll, describe, test }, 'my database', openImporter);
 * ```
 */
export function accountImporterContract(
  runner: TestRunner,
  name: string,
  open: () => Promise<ImporterHarness>,
): void {
  runner.describe(`account importer: ${name}`, () => {
    const view = importerView(runner, openedHarness(runner, open));
    importingSuite(view);
    rejectingSuite(view);
    signInSuite(view);
  });
}
