import type { EntryIds } from '../../ports/credit-ledger.js';
import type { LedgerAudit } from '../../ports/ledger-audit.js';
import type { LotLedger } from '../../ports/lot-ledger.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import type { LedgerAuditReport } from '../ledger/invariants.js';
import type { WalletRules } from '../metering/wallet-rules.js';

/**
 * Returns how many rows break each invariant of the ledger. Lets what has expired leave before: after a stop, or when very
 * many lots end at once, no server may have come to it yet. Rejects with `admin_required`.
 */
export async function auditLedger(
  deps: {
    ledgerAudit: Pick<LedgerAudit, 'inspect'>;
    lotLedger: Pick<LotLedger, 'expireLots'>;
    ids: EntryIds;
    policy: Pick<WalletRules, 'lowBalance'>;
  },
  { caller }: { caller: AdminCaller },
): Promise<LedgerAuditReport> {
  requireAdmin(caller, 'read');
  try {
    const { ids, policy } = deps;
    const swept = await deps.lotLedger.expireLots(ids, policy.lowBalance);
    // The second run is short, and finds what expired during the first one.
    if (swept > 0) await deps.lotLedger.expireLots(ids, policy.lowBalance);
  } catch {
    // An account whose rows contradict each other cannot be brought up to date: the report names what is broken.
  }
  return deps.ledgerAudit.inspect();
}
