// `metered-chat/node`: the ports other than stores, models and mails, for Node.

import { availableParallelism } from 'node:os';
import { measuredBcrypt, threadPoolBcrypt } from '../adapters/crypto/bcrypt.js';
import { djangoHashes } from '../adapters/crypto/django-hashes.js';
import { hashingDefaults } from '../adapters/crypto/hashing-defaults.js';
import { hashCost } from '../adapters/crypto/hash-cost.js';
import { uuidIds, nodeSecrets, systemClock } from '../adapters/system/system.js';
import { bcryptPasswordHasher } from '../adapters/crypto/password-hasher.js';
import { queuedPasswordHasher } from '../adapters/crypto/queued-password-hasher.js';
import { zxcvbnCommonPasswords } from '../adapters/passwords/common-passwords.js';
import { memoryRateLimiter } from '../adapters/rate-limit/rate-limiters.js';
import type { Ports } from '../domain/ports.js';

export { webhookSender, type WebhookSenderOptions } from '../adapters/webhooks/webhook-sender.js';

type NodePort =
  'passwordHasher' | 'foreignHashes' | 'commonPasswords' | 'rateLimiter' | 'secrets' | 'ids' | 'clock';

/**
 * Returns the ports other than stores, models and mails, for Node. Rate limits are counted in this process.
 *
 * @param options `bcryptCost`: the cost of password hashes, from 10 to 15. Hashing runs on Node's thread pool, on all cores
 * but one. `signInQueueMs`: how much hashing may wait, in milliseconds; more is rejected with `unavailable`.
 * @throws TypeError if an option is out of range.
 * @example
 * ```ts
 * import { nodeAdapters } from 'metered-chat/node';
 *
 * const { passwordHasher, secrets, ids, clock } = nodeAdapters({ bcryptCost: 12 });
 * ```
 */
export function nodeAdapters({
  bcryptCost = hashingDefaults.bcryptCost,
  signInQueueMs = hashingDefaults.queueMs,
}: { bcryptCost?: number; signInQueueMs?: number } = {}): Pick<Ports, NodePort> {
  const concurrency = Math.max(1, availableParallelism() - 1);
  const cost = hashCost(bcryptCost);
  const hasher = bcryptPasswordHasher({ cost: bcryptCost }, measuredBcrypt(threadPoolBcrypt, cost));
  return {
    passwordHasher: queuedPasswordHasher(hasher, { concurrency, maxWorkMs: signInQueueMs, cost }),
    foreignHashes: djangoHashes(),
    commonPasswords: zxcvbnCommonPasswords(),
    rateLimiter: memoryRateLimiter(),
    secrets: nodeSecrets(),
    ids: uuidIds(),
    clock: systemClock(),
  };
}
