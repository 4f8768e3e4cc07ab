import { v7 } from 'uuid';
import type { StoreHarness } from '../../src/testing/store-harness.js';

/** A store harness whose clock only `advance` moves, forward or back. */
export interface ClockedHarness extends StoreHarness {
  /** Returns the moment by the clock of the stores, in milliseconds since 1970. */
  nowMs: () => number;
}

let made = 0;

/** Returns the id that a server whose clock shows this moment would make; later ones of a moment sort after earlier ones. */
export function idAt(msecs: number): string {
  made += 1;
  return v7({ msecs, seq: made });
}
