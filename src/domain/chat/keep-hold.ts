import type { ChatLedger, ExchangeReference } from '../../ports/chat-ledger.js';
import type { Clock } from '../../ports/clock.js';
import type { Policy } from '../policy.js';

/**
 * Renews an exchange's hold while its model works, until the returned function is called or the hold is as old as
 * it may become. A server that dies stops renewing, and so its holds and idempotency keys are free one lease later.
 */
export function keepHold(
  needs: {
    chatLedger: Pick<ChatLedger, 'renew'>;
    clock: Clock;
    policy: Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'>;
  },
  exchange: ExchangeReference,
): () => void {
  const { holdTtlMs, holdLeaseMs } = needs.policy;
  const endsAt = needs.clock.now().getTime() + holdTtlMs;
  const stop = needs.clock.every(holdLeaseMs / 3, () => {
    const leftMs = endsAt - needs.clock.now().getTime();
    if (leftMs <= 0) {
      stop();
      return;
    }
    // A renewal that fails is tried again at the next turn; two may fail before the lease is over.
    needs.chatLedger.renew(exchange, Math.min(holdLeaseMs, leftMs)).catch(() => undefined);
  });
  return stop;
}
