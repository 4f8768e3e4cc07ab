// `metered-chat/node`: the ports other than stores, models and mails, for Node.

import { availableParallelism } from 'node:os';
import { measuredBcrypt, threadPoolBcrypt } from '../adapters/crypto/bcrypt.js';
import { djangoHashes } from '../adapters/crypto/django-hashes.js';
import { hashingDefaults } from '../adapters/crypto/hashing-defaults.js';
import { hashCost } from '../adapters/crypto/hash-cost.js';
import { uuidIds, nodeSecrets, systemClock } from '../adapters/system/system.js';
import { aesCipher } from '../adapters/crypto/secret-cipher.js';
import { bcryptPasswordHasher } from '../adapters/crypto/password-hasher.js';
import { queuedPasswordHasher } from '../adapters/crypto/queued-password-hasher.js';
import { zxcvbnCommonPasswords } from '../adapters/passwords/common-passwords.js';
import { memoryRateLimiter } from '../adapters/rate-limit/rate-limiters.js';
import { otplibCodes } from '../adapters/totp/totp-codes.js';
import { simpleWebAuthn } from '../adapters/webauthn/passkey-verifier.js';
import type { Ports } from '../domain/ports.js';

export { webhookSender, type WebhookSenderOptions } from '../adapters/webhooks/webhook-sender.js';

type NodePort =
  | 'passwordHasher'
  | 'foreignHashes'
  | 'commonPasswords'
  | 'rateLimiter'
  | 'totpCodes'
  | 'secrets'
  | 'ids'
  | 'clock';

/** The ports of second factors that an option is required for. */
type FactorPort = 'secretCipher' | 'passkeyVerifier';

/** The least length of a key that encrypts secrets, in characters. */
const minKeyChars = 32;

/**
 * Returns the ports other than stores, models and mails, for Node. Rate limits are counted in this process.
 *
 * @param options `bcryptCost`: the cost of password hashes, from 10 to 15. Hashing runs on Node's thread pool, on all cores
 * but one. `signInQueueMs`: how much hashing may wait, in milliseconds; more is rejected with `unavailable`. `twoFactorKey`: encrypts
 * the secrets of authenticator apps, at least 32 characters that cannot be guessed; without it, no app can be set up.
 * `publicUrl`: the URL at which people reach your site, whose host passkeys are bound to; without it, there are no passkeys.
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
  twoFactorKey,
  publicUrl,
}: { bcryptCost?: number; signInQueueMs?: number; twoFactorKey?: string; publicUrl?: string } = {}): Pick<
  Ports,
  NodePort
> &
  Partial<Pick<Ports, FactorPort>> {
  if (twoFactorKey !== undefined && twoFactorKey.length < minKeyChars) {
    throw new TypeError(`twoFactorKey must have at least ${minKeyChars} characters.`);
  }
  if (publicUrl !== undefined && !URL.canParse(publicUrl)) throw new TypeError('publicUrl must be a URL.');
  const concurrency = Math.max(1, availableParallelism() - 1);
  const cost = hashCost(bcryptCost);
  const hasher = bcryptPasswordHasher({ cost: bcryptCost }, measuredBcrypt(threadPoolBcrypt, cost));
  return {
    passwordHasher: queuedPasswordHasher(hasher, { concurrency, maxWorkMs: signInQueueMs, cost }),
    foreignHashes: djangoHashes(),
    commonPasswords: zxcvbnCommonPasswords(),
    rateLimiter: memoryRateLimiter(),
    totpCodes: otplibCodes(),
    ...(twoFactorKey === undefined ? {} : { secretCipher: aesCipher(twoFactorKey) }),
    ...(publicUrl === undefined ? {} : { passkeyVerifier: simpleWebAuthn(publicUrl) }),
    secrets: nodeSecrets(),
    ids: uuidIds(),
    clock: systemClock(),
  };
}
