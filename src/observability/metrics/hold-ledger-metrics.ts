import type { HoldLedger } from '../../ports/hold-ledger.js';
import type { Metrics } from './metrics.js';

/** Counts holds, chats by how they ended, and the tokens charged. */
export function withHoldLedgerMetrics(
  ledger: HoldLedger,
  metrics: Pick<Metrics, 'chats' | 'charged' | 'holdsOpened' | 'holdsEnded'>,
): HoldLedger {
  /** The models of the exchanges in progress in this process. */
  const models = new Map<string, string>();
  const modelOf = (exchangeId: string) => {
    const model = models.get(exchangeId) ?? 'unknown';
    models.delete(exchangeId);
    return model;
  };

  return {
    ...ledger,
    async reserve(request) {
      const reserved = await ledger.reserve(request);
      if (reserved.outcome === 'reserved') {
        metrics.holdsOpened.inc();
        models.set(request.exchangeId, request.model);
      }
      return reserved;
    },
    async settle(settlement) {
      const model = modelOf(settlement.exchange.exchangeId);
      const settled = await ledger.settle(settlement);
      if (settled.outcome === 'settled') {
        metrics.holdsEnded.inc({ how: 'captured' });
        metrics.charged.inc({ model: settlement.repliedBy }, settlement.capture);
        metrics.chats.inc({ model, outcome: settlement.status, code: 'none' });
      } else {
        metrics.chats.inc({ model, outcome: 'failed', code: 'hold_ended' });
      }
      return settled;
    },
    async release(release) {
      const model = modelOf(release.exchange.exchangeId);
      const released = await ledger.release(release);
      if (released.outcome === 'released') metrics.holdsEnded.inc({ how: 'released' });
      metrics.chats.inc({ model, outcome: release.status, code: release.failure ?? 'none' });
      return released;
    },
    async expireHolds(options) {
      const expired = await ledger.expireHolds(options);
      metrics.holdsEnded.inc({ how: 'expired' }, expired);
      return expired;
    },
  };
}
