import type { Ids } from '../../ports/ids.js';
import type { OrderStore } from '../../ports/order-store.js';
import type { Payments } from '../../ports/payments.js';
import { validateIdempotencyKey } from '../chat/exchange.js';
import type { Caller } from '../auth/caller.js';
import { DomainError, isDomainError, notFound, throwIfInvalid } from '../errors.js';
import { checkoutTtlMs, type Order } from './order.js';
import type { Package } from './package.js';
import { returnUrl } from './return-url.js';

export interface CreateOrderDeps {
  orderStore: Pick<OrderStore, 'create' | 'setCheckout' | 'abandon'>;
  payments: Pick<Payments, 'provider' | 'createCheckout'>;
  ids: Ids;
  policy: { packages: readonly Package[]; publicUrl: string };
}

export interface CreateOrderInput {
  caller: Caller;
  packageId: string;
  /** A repetition with the same key within 24 hours returns the first order. Null or absent: each call makes an order. */
  idempotencyKey?: string | null;
  /** The origin of the page that orders, such as `http://127.0.0.1:8000`; null or absent if it is not known. */
  pageOrigin?: string | null;
}

/** An order with its checkout; `replayed` if an earlier call with the same idempotency key made it. */
export interface CreatedOrder {
  order: Order;
  replayed: boolean;
}

/**
 * Makes an order of a package for the account of the caller, and opens its checkout at the provider. Nothing is paid yet.
 *
 * @throws DomainError `invalid_input`; `not_found` if no such package is for sale; `package_limit_reached`;
 * `idempotency_key_reused` if the key was used for another package; `payment_failed` if the provider opens no checkout: the key can be
 * used again; `unavailable` if it did not respond: a repetition with the key returns the same order with its one checkout.
 */
export async function createOrder(deps: CreateOrderDeps, input: CreateOrderInput): Promise<CreatedOrder> {
  const { caller, packageId, idempotencyKey = null } = input;
  throwIfInvalid({
    'Idempotency-Key': idempotencyKey === null ? [] : validateIdempotencyKey(idempotencyKey),
  });
  const bought = deps.policy.packages.find(({ id }) => id === packageId);
  if (bought === undefined) throw notFound('package');
  const created = await deps.orderStore.create({
    id: deps.ids.next(),
    userId: caller.user.id,
    package: bought,
    provider: deps.payments.provider,
    ttlMs: checkoutTtlMs,
    idempotencyKey,
  });
  switch (created.outcome) {
    case 'created':
      return { order: await openCheckout(deps, input, created.order), replayed: false };
    case 'key_claimed': {
      const { order } = created;
      if (order.package.id !== packageId)
        throw new DomainError('idempotency_key_reused', 'This idempotency key was used for another package.');
      // The first call may have ended before it stored the checkout.
      const isComplete = order.checkoutUrl !== null || order.status !== 'open';
      return { order: isComplete ? order : await openCheckout(deps, input, order), replayed: true };
    }
    case 'limit_reached':
      throw new DomainError(
        'package_limit_reached',
        `An account can buy this package ${bought.limitPerAccount ?? 0} times at most. Pay the open order, or wait an hour until it ends.`,
      );
    case 'no_such_user':
      throw notFound('account');
  }
}

async function openCheckout(deps: CreateOrderDeps, input: CreateOrderInput, order: Order): Promise<Order> {
  const { user } = input.caller;
  const reference = { userId: user.id, orderId: order.id };
  const page = `${returnUrl(deps.policy.publicUrl, input.pageOrigin ?? null)}/?order=${order.id}`;
  try {
    const checkout = await deps.payments.createCheckout({
      ...reference,
      packageName: order.package.name,
      price: order.package.price,
      currency: order.package.currency,
      email: user.emailVerified ? user.email : null,
      expiresAt: order.expiresAt,
      successUrl: page,
      cancelUrl: page,
    });
    return (await deps.orderStore.setCheckout(reference, checkout)) ?? order;
  } catch (error) {
    // The provider may have opened the checkout all the same: a repetition with the key finds it by its order.
    const canBeRepeated =
      input.idempotencyKey != null && isDomainError(error) && error.code === 'unavailable';
    if (!canBeRepeated) await deps.orderStore.abandon(reference);
    throw error;
  }
}
