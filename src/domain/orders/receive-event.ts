import type { OrderStore } from '../../ports/order-store.js';
import type { Payments } from '../../ports/payments.js';
import { DomainError, isDomainError } from '../errors.js';
import { applyFact, type ApplyFactDeps } from './apply-fact.js';
import type { RefusedEvents } from './refused-events.js';

export interface ReceiveEventDeps extends ApplyFactDeps {
  orderStore: Pick<OrderStore, 'apply'>;
  refusedEvents: RefusedEvents;
  payments: Pick<Payments, 'readEvent'>;
}

/** An event as a request carried it. */
export interface ReceivedEvent {
  /** The bytes of the body, unchanged. */
  rawBody: Uint8Array;
  /** By their names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
}

/**
 * Applies an event of the payment provider, once however often it comes. The provider must repeat it if this rejects.
 *
 * @returns `applied`; `seen` if it was applied before; `rejected` if it fits no order, which administrators see; `ignored` if it
 * is about no order of this program.
 * @throws DomainError `invalid_signature`, which administrators see; `payment_pending` if the event is about a payment that is
 * not known yet.
 */
export async function receiveEvent(
  deps: ReceiveEventDeps,
  { rawBody, headers }: ReceivedEvent,
): Promise<'applied' | 'seen' | 'rejected' | 'ignored'> {
  const fact = await readEvent(deps, { rawBody, headers });
  if (fact === null) return 'ignored';
  const { outcome } = await applyFact(deps, fact);
  if (outcome === 'too_early')
    throw new DomainError(
      'payment_pending',
      'The payment of this order is not known yet. Repeat the event later.',
    );
  return outcome === 'no_such_order' ? 'ignored' : outcome;
}

async function readEvent(deps: ReceiveEventDeps, { rawBody, headers }: ReceivedEvent) {
  try {
    return await deps.payments.readEvent(rawBody, headers);
  } catch (error) {
    if (isDomainError(error) && error.code === 'invalid_signature') {
      deps.log.warn({}, 'an event with an invalid signature was refused');
      await deps.refusedEvents.add();
    }
    throw error;
  }
}
