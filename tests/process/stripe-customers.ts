import { setTimeout as delay } from 'node:timers/promises';
import type { FakeStripe } from '../adapters/payments/fake-stripe/fake-stripe.js';
import {
  closeDispute,
  decline,
  dispute,
  emitForeign,
  expireSession,
  fail,
  newId,
  pay,
  refund,
  settle,
} from '../adapters/payments/fake-stripe/stripe-account.js';
import { call, type Account } from './api-client.js';
import type { Metered } from './metered-program.js';
import { expectStatus, type RepeatingClient } from './repeating-client.js';
import { packages, sessionOfOrder, type PackageId } from './stripe-sales.js';

/** An account that buys and spends. */
export interface Customer {
  userId: string;
  account: Account;
  orders: CustomerOrder[];
  spent: number;
}

export interface CustomerOrder {
  id: string;
  packageId: PackageId;
  /** Then either payment can be the one that counts, and nothing is paid back. */
  isPaidTwice: boolean;
}

type Random = (below: number) => number;

export interface Shop {
  fake: FakeStripe;
  client: RepeatingClient;
  serviceKey: string;
  random: Random;
}

let keys = 0;

/** Lets a customer, their bank or the seller do one thing. */
export async function act(shop: Shop, customer: Customer): Promise<void> {
  const { random } = shop;
  const chosen = customer.orders[random(Math.max(1, customer.orders.length))];
  const choice = random(20);
  if (chosen === undefined || choice < 5) await buy(shop, customer);
  else if (choice < 10) await spend(shop, customer, 1 + random(900));
  else changeAtStripe(shop, chosen, choice);
}

async function buy({ fake, client, random }: Shop, customer: Customer): Promise<void> {
  const packageId: PackageId = random(4) === 0 ? 'large' : 'small';
  keys += 1;
  const headers = { 'Idempotency-Key': `order ${keys}` };
  const { authToken } = customer.account;
  const created = await client.certainly<{ id: string }>((url) =>
    call(url, '/api/orders/', { authToken, body: { package_id: packageId }, headers }),
  );
  expectStatus(created, 201);
  const order: CustomerOrder = { id: created.body.id, packageId, isPaidTwice: false };
  customer.orders.push(order);
  const { account } = fake;
  const session = sessionOfOrder(account, order.id);
  const misstated = { ...session, payment_status: 'paid' as const, payment_intent: newId('pi') };
  switch (random(10)) {
    case 0:
      return;
    case 1:
      expireSession(account, session.id);
      return;
    case 2:
      decline(account, session.id);
      break;
    case 3:
      pay(account, session.id, { isDelayed: true });
      await delay(random(100));
      if (random(3) === 0) fail(account, session.id);
      else settle(account, session.id);
      return;
    case 4:
      emitForeign(account, 'checkout.session.completed', { ...misstated, amount_total: 1 });
      emitForeign(account, 'checkout.session.completed', { ...misstated, currency: 'usd', id: newId('cs') });
      break;
    case 5:
      order.isPaidTwice = true;
      emitForeign(account, 'checkout.session.completed', misstated);
      break;
    default:
  }
  pay(account, session.id);
}

async function spend({ client, serviceKey }: Shop, customer: Customer, amount: number): Promise<void> {
  keys += 1;
  const headers = { 'Idempotency-Key': `spend ${keys}` };
  const spent = await client.certainly<Metered>((url) =>
    call(url, `/api/admin/users/${customer.userId}/spend/`, {
      ...{ authToken: serviceKey, body: { action: 'image.generate', amount }, headers },
    }),
  );
  // The credits may be too few, or something owed.
  if (spent.status === 402) return;
  expectStatus(spent, 201);
  customer.spent += spent.body.charged;
}

/** A refund in part or in whole, a dispute, or its end. Also a dispute after a full refund, and more refunds than one. */
function changeAtStripe({ fake: { account }, random }: Shop, order: CustomerOrder, choice: number): void {
  const { payment_intent: paymentId } = sessionOfOrder(account, order.id);
  const intent = account.paymentIntents.get(paymentId ?? '');
  if (order.isPaidTwice || intent?.status !== 'succeeded') return;
  const charge = account.charges.get(intent.latest_charge ?? '');
  const left = intent.amount - (charge?.amount_refunded ?? 0);
  const disputed = [...account.disputes.values()].find((one) => one.payment_intent === intent.id);
  if (choice < 15 && left > 0) {
    const amount = random(4) === 0 ? left : 1 + random(Math.min(left, packages[order.packageId].price / 3));
    refund(account, intent.id, { amount });
  } else if (disputed === undefined) {
    if (choice < 18) dispute(account, intent.id);
  } else if (disputed.status === 'needs_response') {
    closeDispute(account, disputed.id, random(2) === 0 ? 'won' : 'lost');
  }
}
