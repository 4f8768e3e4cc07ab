import { openSession } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';

/** What the suites of `UserStore` share; the harness is open only while tests run. */
export interface UserStoreView {
  runner: TestRunner;
  harness: () => StoreHarness;
  /** Opens a session by the password with this version; `opened` is null if it was not opened. */
  openSession: (userId: string, passwordVersion?: number) => ReturnType<typeof openSession>;
}

/** Returns what the suites of `UserStore` share. */
export function userStoreView(runner: TestRunner, harness: () => StoreHarness): UserStoreView {
  return {
    runner,
    harness,
    openSession: (userId, passwordVersion) => openSession(harness().stores, userId, passwordVersion),
  };
}
