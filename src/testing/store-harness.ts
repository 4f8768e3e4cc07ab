import type { Stores } from '../ports/stores.js';
import type { TestRunner } from './test-runner.js';

/** The stores that are tested, and what their tests require. The data may contain accounts of other contracts. */
export interface StoreHarness {
  stores: Stores;
  /** Makes everything that is stored `ms` milliseconds older. */
  advance: (ms: number) => Promise<void>;
  /** Returns the moment by the clock of the stores, if `advance` sets that clock. Absent if it moves stored times back instead. */
  nowMs?: () => number;
  /** Disables an account, as an administrator would. */
  disable(userId: string): Promise<void>;
  /** Turns every administrator into a user. */
  dismissAdmins(): Promise<void>;
  /** Closes what was opened, and deletes its data. */
  close(): Promise<void>;
}

/** Opens stores that no other program uses. */
export type OpenStoreHarness = () => Promise<StoreHarness>;

/**
 * Opens a harness before the tests of the current group, and closes it after them. Returns a function that returns it while
 * they run.
 */
export function openedHarness<Harness extends { close(): Promise<void> }>(
  { beforeAll, afterAll }: TestRunner,
  open: () => Promise<Harness>,
): () => Harness {
  let harness: Harness;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness.close());
  return () => harness;
}
