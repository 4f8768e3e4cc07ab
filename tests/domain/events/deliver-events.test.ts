import { describe, expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { memoryRateLimiter } from '../../../src/adapters/rate-limit/rate-limiters.js';
import { nodeSecrets, uuidIds } from '../../../src/adapters/system/system.js';
import { createEventWorker } from '../../../src/domain/events/deliver-events.js';
import { eventTypes } from '../../../src/domain/events/event.js';
import { keptQueuedMs, retryDelaysMs } from '../../../src/domain/events/webhook.js';
import { defaultPolicy } from '../../../src/domain/policy.js';
import type { Mail } from '../../../src/ports/mailer.js';
import type { WebhookMessage } from '../../../src/ports/webhook-sender.js';
import { createAccount, newId, newUser } from '../../../src/testing/accounts.js';

const minuteMs = 60_000;

/** A worker over stores in memory with a receiver that fails while `isDown`, and a clock that the test sets. */
function scene() {
  let nowMs = Date.UTC(2030, 0, 1);
  const stores = memoryStores({ now: () => new Date(nowMs) });
  const mails: Mail[] = [];
  const received: number[] = [];
  const attempts: { sequence: number | null; atMs: number }[] = [];
  const receiver: { isDown: (message: WebhookMessage) => boolean } = { isDown: () => false };
  const ids = uuidIds();
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const worker = createEventWorker({
    ...stores,
    ...{ ids, log, secrets: nodeSecrets(), policy: defaultPolicy, rateLimiter: memoryRateLimiter() },
    mailer: { post: (mail) => mails.push(mail) },
    webhookSender: {
      send: (_endpoint, message) => {
        attempts.push({ sequence: message.sequence, atMs: nowMs });
        if (receiver.isDown(message)) return Promise.resolve({ outcome: 'rejected', status: 503 });
        received.push(message.sequence ?? 0);
        return Promise.resolve({ outcome: 'accepted', status: 204 });
      },
    },
  });
  const run = async () => {
    await worker.run();
    await worker.finished();
  };
  return {
    ...{ stores, mails, received, attempts, receiver, run },
    /** Lets time pass, second by second, with a worker that looks each second. */
    pass: async (ms: number, each: (secondMs: number) => Promise<void> = () => Promise.resolve()) => {
      for (let passed = 0; passed < ms; passed += 1000) {
        nowMs += 1000;
        await each(passed);
        await run();
      }
    },
    skip: async (ms: number) => {
      nowMs += ms;
      await run();
    },
    endpoint: async () => {
      const endpoint = { id: newId(), url: 'https://example.com/', types: eventTypes, secret: 'whsec_x' };
      const created = await stores.webhookStore.create({ ...endpoint, createdBy: null, maxEndpoints: 5 });
      return created?.id ?? '';
    },
    grant: (userId: string) =>
      stores.creditLedger.post({ id: newId(), userId, kind: 'grant', amount: 1, reason: 'why' }),
  };
}

function ignore(): void {
  // There is no log.
}

describe('deliveries of events', () => {
  test('a receiver that fails for an hour gets all in order', async () => {
    const { stores, received, receiver, pass, endpoint, grant } = scene();
    await endpoint();
    const userId = await createAccount(stores, 100);
    receiver.isDown = () => true;
    await pass(60 * minuteMs, async (passed) => {
      if (passed % (5 * minuteMs) === 0) await grant(userId);
    });
    expect(received).toEqual([]);
    receiver.isDown = () => false;
    await grant(userId);
    await pass(60 * minuteMs);
    expect(received).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
  });

  test('one that fails alone holds up later ones for 10 minutes, then they pass it, and it is tried as before', async () => {
    const { stores, received, attempts, receiver, pass, endpoint, grant } = scene();
    await endpoint();
    const userId = await createAccount(stores, 100);
    receiver.isDown = ({ sequence }) => sequence === 1;
    await pass(1000);
    await grant(userId);
    await pass(9 * minuteMs);
    expect(received).toEqual([]);
    await pass(2 * minuteMs);
    expect(received).toEqual([2]);
    await grant(userId);
    await pass(2000);
    expect(received).toEqual([2, 3]);
    receiver.isDown = () => false;
    await pass(10 * minuteMs);
    expect(received).toEqual([2, 3, 1]);
    expect(attempts.length).toBeLessThan(12);
  });

  test('after the tenth attempt the endpoint is disabled with a mail, and gets everything once it is enabled', async () => {
    const { stores, mails, received, attempts, receiver, skip, run, endpoint } = scene();
    const id = await endpoint();
    const admin = newUser(100, { role: 'admin', email: 'root@example.org', emailKey: 'root@example.org' });
    await stores.userStore.create(admin);
    receiver.isDown = () => true;
    await run();
    for (const delay of retryDelaysMs) await skip(Math.ceil(delay * 1.1));
    expect(attempts).toHaveLength(10);
    expect(await stores.webhookStore.find(id)).toMatchObject({ disabledBy: 'failures' });
    expect(mails.map(({ userId, subject }) => [userId, subject])).toEqual([
      [admin.id, 'A webhook endpoint was disabled'],
    ]);
    receiver.isDown = () => false;
    await skip(keptQueuedMs - 1);
    expect(received).toEqual([]);
    await stores.webhookStore.change({ id, isDisabled: false });
    await run();
    expect(received).toEqual([1]);
  });
});
