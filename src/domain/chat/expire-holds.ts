import type { HoldLedger } from '../../ports/hold-ledger.js';

/** Releases the holds of servers that have died and frees old idempotency keys. Returns how many holds it released. */
export async function expireHolds(
  deps: { holdLedger: Pick<HoldLedger, 'expireHolds' | 'forgetOldKeys'> },
  options: { everyOpen: boolean },
): Promise<number> {
  const expired = await deps.holdLedger.expireHolds(options);
  await deps.holdLedger.forgetOldKeys();
  return expired;
}
