import type { ChatLedger } from '../../ports/chat-ledger.js';
import type { Meters } from './meters.js';

/** The ledger, counting what it did: holds, how chats ended, and what they were charged. */
export function measuredChatLedger(
  ledger: ChatLedger,
  meters: Pick<Meters, 'chats' | 'charged' | 'holdsOpened' | 'holdsEnded'>,
): ChatLedger {
  /** The models of the exchanges that are under way here. */
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
        meters.holdsOpened.inc();
        models.set(request.exchangeId, request.model);
      }
      return reserved;
    },
    async settle(settlement) {
      const model = modelOf(settlement.exchange.exchangeId);
      const settled = await ledger.settle(settlement);
      if (settled.outcome === 'settled') {
        meters.holdsEnded.inc({ how: 'captured' });
        meters.charged.inc({ model: settlement.repliedBy }, settlement.capture);
        meters.chats.inc({ model, outcome: settlement.status, code: 'none' });
      } else {
        meters.chats.inc({ model, outcome: 'failed', code: 'hold_ended' });
      }
      return settled;
    },
    async release(release) {
      const model = modelOf(release.exchange.exchangeId);
      const released = await ledger.release(release);
      if (released.outcome === 'released') meters.holdsEnded.inc({ how: 'released' });
      meters.chats.inc({ model, outcome: release.status, code: release.failure ?? 'none' });
      return released;
    },
    async expireHolds(options) {
      const expired = await ledger.expireHolds(options);
      meters.holdsEnded.inc({ how: 'expired' }, expired);
      return expired;
    },
  };
}
