import type { MeteredHold } from '../../../domain/metering/metered-hold.js';
import type { ReserveCreditsInput } from '../../../domain/metering/reserve-credits.js';
import type { SettleHoldInput } from '../../../domain/metering/settle-hold.js';
import { isDomainError } from '../../../domain/errors.js';
import type { MeteringCore } from './language-model.js';

/** The credits that are held for a call. The first call of `settle` or `release` ends the hold; later ones do nothing. */
export interface CallHold {
  /** Charges the call. Rejects if the ledger cannot do that; the hold then ends by itself. */
  settle(charge: Pick<SettleHoldInput, 'amount' | 'details'>): Promise<void>;
  /** Charges nothing. Never rejects: a hold that cannot be released ends by itself. */
  release(): Promise<void>;
}

/** How long the hold of a process that has died remains, in milliseconds. */
const leaseMs = 2 * 60_000;
/** How long a hold is renewed, in milliseconds. */
const longestMs = 60 * 60_000;

/**
 * Holds credits for a call, and renews the hold until it ends.
 *
 * @param onLost Called with the reason if the hold can no longer be renewed, so that the call ends.
 * @throws DomainError of `core.metering.reserve`.
 */
export async function holdForCall(
  metering: MeteringCore['metering'],
  reserving: Pick<ReserveCreditsInput, 'userId' | 'action' | 'amount' | 'details'>,
  onLost: (reason: unknown) => void,
): Promise<CallHold> {
  const startedMs = performance.now();
  const { id: holdId } = await metering.reserve({ ...reserving, ttlMs: leaseMs });
  const renew = () => {
    if (performance.now() - startedMs > longestMs) {
      onLost(new DOMException('The call took more than an hour.', 'TimeoutError'));
      return;
    }
    metering.renew({ holdId, ttlMs: leaseMs }).catch((error: unknown) => {
      // What fails otherwise is repeated by the next renewal.
      if (isDomainError(error) && error.code === 'hold_ended') onLost(error);
    });
  };
  const timer = setInterval(renew, leaseMs / 3) as ReturnType<typeof setInterval> | number;
  // A hold keeps no process alive. Without Node, a timer is a number.
  if (typeof timer !== 'number') timer.unref();
  let ending: Promise<MeteredHold> | null = null;
  const end = (settleOrRelease: () => Promise<MeteredHold>) => {
    clearInterval(timer);
    return (ending ??= settleOrRelease());
  };
  return {
    settle: async (charge) => {
      await end(() => metering.settle({ holdId, ...charge }));
    },
    release: async () => {
      await end(() => metering.release({ holdId })).catch(() => undefined);
    },
  };
}
