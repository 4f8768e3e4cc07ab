import { describe, expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { memoryRateLimiter } from '../../../src/adapters/rate-limit/rate-limiters.js';
import { nodeSecrets, systemClock, uuidIds } from '../../../src/adapters/system/system.js';
import { createEventWorker } from '../../../src/domain/events/deliver-events.js';
import { defaultPolicy } from '../../../src/domain/policy.js';
import type { Mail } from '../../../src/ports/mailer.js';
import type { NotificationPreferences } from '../../../src/ports/notification-store.js';
import { confirmEmail, entryIds, newId, newUser } from '../../../src/testing/accounts.js';
import { factOf, newOrder } from '../../../src/testing/order-store/view.js';

const threshold = 1000;

/** A worker over stores in memory, and an account with 1,500 credits and a confirmed email. */
async function scene({ isConfirmed = true, hasEmail = true } = {}) {
  const stores = memoryStores(systemClock());
  const mails: Mail[] = [];
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const worker = createEventWorker({
    ...stores,
    ...{ ids: uuidIds(), log, secrets: nodeSecrets(), rateLimiter: memoryRateLimiter() },
    policy: { ...defaultPolicy, publicUrl: 'https://chat.example.com' },
    mailer: { post: (mail) => mails.push(mail) },
    webhookSender: { send: () => Promise.resolve({ outcome: 'failed', error: 'There is no receiver.' }) },
  });
  const email = hasEmail ? 'jane@example.com' : null;
  const user = newUser(1500, { email, emailKey: email });
  await stores.userStore.create(user);
  if (isConfirmed && hasEmail) await confirmEmail(stores, user.id);
  const run = async () => {
    await worker.run();
    await worker.finished();
  };
  const post = (amount: number) =>
    stores.creditLedger.post({
      ...{ id: newId(), userId: user.id, kind: amount > 0 ? 'grant' : 'adjustment', amount, reason: 'why' },
      lowBalance: threshold,
    });
  const pay = async () => {
    const made = await stores.orderStore.create(newOrder(user.id, { bonusCredits: 50 }));
    if (made.outcome !== 'created') throw new TypeError(made.outcome);
    await stores.orderStore.apply(factOf(made.order, 'paid'), entryIds);
    return made.order.id;
  };
  const prefer = (change: Partial<NotificationPreferences>) =>
    stores.notificationStore.setPreferences(user.id, change, threshold);
  return { stores, user, mails, run, post, pay, prefer, subjects: () => mails.map(({ subject }) => subject) };
}

function ignore(): void {
  // There is no log.
}

describe('mails about events', () => {
  test('a balance that is low is mailed once, until it was higher again', async () => {
    const { user, mails, run, post, subjects } = await scene();
    await post(-600);
    await run();
    await post(-100);
    await run();
    await run();
    expect(mails).toMatchObject([
      { userId: user.id, to: 'jane@example.com', subject: 'Your balance is low' },
    ]);
    expect(mails[0]?.text).toContain('Your balance is 900 tokens, which is less than 1,000 tokens.');
    expect(mails[0]?.text).toContain('https://chat.example.com/#/account');
    await post(500);
    await post(-400);
    await run();
    expect(subjects()).toEqual(['Your balance is low', 'Your balance is low']);
  });

  test('an order that is paid is mailed once, with the tokens that it gave', async () => {
    const { mails, run, pay } = await scene();
    const orderId = await pay();
    await run();
    await run();
    expect(mails).toMatchObject([{ to: 'jane@example.com', subject: 'Your order is paid' }]);
    expect(mails[0]?.text).toContain(
      `Thank you. 1,050 tokens were added to your balance by the order ${orderId}.`,
    );
  });

  test('each mail can be turned off alone', async () => {
    const { run, post, pay, prefer, subjects } = await scene();
    await prefer({ mailsLowBalance: false });
    await post(-600);
    await pay();
    await run();
    expect(subjects()).toEqual(['Your order is paid']);
    await prefer({ mailsLowBalance: true, mailsPaidOrder: false });
    await post(-1500);
    await pay();
    await run();
    expect(subjects()).toEqual(['Your order is paid', 'Your balance is low']);
  });

  test.each([
    ['an address that is not confirmed', { isConfirmed: false }],
    ['an account without an address', { hasEmail: false }],
  ])('nothing is mailed to %s', async (_what, options) => {
    const { mails, run, post, pay } = await scene(options);
    await post(-600);
    await pay();
    await run();
    expect(mails).toEqual([]);
  });

  test('nothing is mailed to an account that was erased or disabled before the mail was sent', async () => {
    const erased = await scene();
    await erased.post(-600);
    await erased.pay();
    await erased.stores.userStore.erase(erased.user.id);
    await erased.run();
    expect(erased.mails).toEqual([]);
    const disabled = await scene();
    await disabled.post(-600);
    await disabled.stores.userStore.changeAccount({ userId: disabled.user.id, status: 'disabled' });
    await disabled.run();
    expect(disabled.mails).toEqual([]);
  });

  test('no other event is mailed', async () => {
    const { mails, run, post } = await scene();
    await post(10);
    await post(-1);
    await run();
    expect(mails).toEqual([]);
  });
});
