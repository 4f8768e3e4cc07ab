import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakeStripe } from '../adapters/payments/fake-stripe/fake-stripe.js';
import type { FakeDispute, FakeSession } from '../adapters/payments/fake-stripe/objects.js';
import type { StripeAccount } from '../adapters/payments/fake-stripe/stripe-account.js';
import type { Environment } from './server-process.js';

/** The packages that are for sale; their prices and credits do not divide evenly. */
export const packages = {
  small: { id: 'small', name: 'Small', credits: 1000, bonus_credits: 99, price: 700, currency: 'eur' },
  large: { id: 'large', name: 'Large', credits: 7001, price: 4900, currency: 'eur' },
} as const;

export type PackageId = keyof typeof packages;

/** Writes the packages to a file. Returns the settings by which a server sells them at a fake Stripe. */
export async function sellAt(
  fake: FakeStripe,
): Promise<{ environment: Environment; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-packages-'));
  const file = join(folder, 'packages.json');
  await writeFile(file, JSON.stringify({ packages: Object.values(packages) }));
  return {
    environment: {
      ...{ PACKAGES_FILE: file, PAYMENTS: 'stripe', STRIPE_SECRET_KEY: fake.secretKey },
      ...{ STRIPE_WEBHOOK_SECRET: fake.webhookSecret, STRIPE_API_BASE: fake.url },
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Returns the checkout of an order at Stripe. */
export function sessionOfOrder({ sessions }: StripeAccount, orderId: string): FakeSession {
  const found = [...sessions.values()].find(({ metadata }) => metadata?.['order_id'] === orderId);
  if (found === undefined) throw new Error(`Stripe has no checkout of the order ${orderId}.`);
  return found;
}

/** What Stripe has about an order, and what must follow from it. */
export interface OrderAtStripe {
  status: string;
  isPaid: boolean;
  /** In the smallest unit of the currency. */
  refunded: number;
  /** Refunds and lost disputes. */
  returns: number;
  credited: number;
  returned: number;
}

/** Returns what must become of an order, by what Stripe has: in the end every fact of it is applied once. */
export function orderAtStripe(account: StripeAccount, orderId: string, packageId: PackageId): OrderAtStripe {
  const session = sessionOfOrder(account, orderId);
  const intent = account.paymentIntents.get(session.payment_intent ?? '');
  const sold = { bonus_credits: 0, ...packages[packageId] };
  if (intent?.status !== 'succeeded') {
    const isOver = session.status === 'expired' || intent?.status === 'requires_payment_method';
    const status = isOver && session.status !== 'open' ? 'expired' : 'open';
    return { status, isPaid: false, refunded: 0, returns: 0, credited: 0, returned: 0 };
  }
  const refunds = [...account.refunds.values()].filter(
    (one) => one.payment_intent === intent.id && one.status === 'succeeded',
  );
  const disputes = [...account.disputes.values()].filter((one) => one.payment_intent === intent.id);
  const lost = disputes.filter(({ status }) => status === 'lost');
  const money = [...refunds, ...lost].reduce((sum, { amount }) => sum + amount, 0);
  const refunded = Math.min(sold.price, money);
  const share = (credits: number) => Math.floor((credits * refunded) / sold.price);
  return {
    status: statusOfPaid(disputes, refunded, sold.price),
    isPaid: true,
    refunded,
    returns: refunds.length + lost.length,
    credited: sold.credits + sold.bonus_credits,
    returned: share(sold.credits) + share(sold.bonus_credits),
  };
}

function statusOfPaid(disputes: readonly FakeDispute[], refunded: number, price: number): string {
  if (disputes.some(({ status }) => status === 'lost')) return 'dispute_lost';
  if (disputes.some(({ status }) => status !== 'won')) return 'disputed';
  if (refunded === 0) return 'paid';
  return refunded < price ? 'partially_refunded' : 'refunded';
}
