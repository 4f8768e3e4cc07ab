import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { connectModel } from '../adapters/ai/providers.js';
import { djangoHashes } from '../adapters/crypto/django-hashes.js';
import { hashCost } from '../adapters/crypto/hash-cost.js';
import { uuidIds, nodeSecrets, systemClock } from '../adapters/system/system.js';
import { bcryptPasswordHasher } from '../adapters/crypto/password-hasher.js';
import {
  queuedPasswordHasher,
  type QueuedPasswordHasher,
} from '../adapters/crypto/queued-password-hasher.js';
import { aesCipher } from '../adapters/crypto/secret-cipher.js';
import { workerBcrypt } from '../adapters/crypto/worker-bcrypt.js';
import { fileMailer } from '../adapters/mail/file-mailer.js';
import type { Outbox } from '../adapters/mail/outbox.js';
import { openIdProvider } from '../adapters/oidc/openid-provider.js';
import { smtpMailer } from '../adapters/mail/smtp-mailer.js';
import { demoPayments } from '../adapters/payments/demo.js';
import { stripePayments } from '../adapters/payments/stripe.js';
import { webhookSender } from '../adapters/webhooks/webhook-sender.js';
import { zxcvbnCommonPasswords } from '../adapters/passwords/common-passwords.js';
import { otplibCodes } from '../adapters/totp/totp-codes.js';
import { simpleWebAuthn } from '../adapters/webauthn/passkey-verifier.js';
import type { Database } from '../adapters/postgres/database.js';
import { postgresStores } from '../adapters/postgres/postgres-stores.js';
import { memoryRateLimiter, postgresRateLimiter } from '../adapters/rate-limit/rate-limiters.js';
import type { ModelDescription, ModelDescriptions } from '../config/models-file.js';
import { policyOf } from '../config/policy.js';
import type { Settings } from '../config/read-settings.js';
import type { ModelOffer, ModelOffers } from '../domain/chat/model-offer.js';
import { createCore, type Core } from '../domain/core.js';
import { noDecorators, type Decorators } from '../observability/decorators.js';
import type { Log } from '../ports/log.js';
import type { Mailer } from '../ports/mailer.js';
import type { DemoCheckout } from '../ports/demo-checkout.js';
import type { Payments } from '../ports/payments.js';
import type { RateLimiter } from '../ports/rate-limiter.js';

/**
 * Creates the core over a database, with the adapters that the settings select.
 *
 * @param parts.models Returns the models on offer now; by default those of the settings.
 * @param parts.publicUrl The default of `PUBLIC_URL`.
 * @param parts.payments The provider of payments; null or absent if nothing is sold.
 */
export function composeCore(
  settings: Settings,
  database: Database,
  parts: {
    mailer: Mailer;
    publicUrl: string;
    log?: Log;
    models?: () => ModelOffers;
    payments?: Payments | null;
  },
  decorators = noDecorators,
): Core {
  return createCore({
    ...decorators.stores(postgresStores(database)),
    mailer: parts.mailer,
    ...(parts.log === undefined ? {} : { log: parts.log }),
    ...(parts.payments === undefined || parts.payments === null ? {} : { payments: parts.payments }),
    passwordHasher: decorators.passwordHasher(composePasswordHasher(settings)),
    identityProviders: settings.providers.map((provider) =>
      openIdProvider({ ...provider, ...(parts.log === undefined ? {} : { log: parts.log }) }),
    ),
    foreignHashes: djangoHashes(),
    commonPasswords: zxcvbnCommonPasswords(),
    rateLimiter: composeRateLimiter(settings, database),
    webhookSender: webhookSender({ allowsPrivate: settings.WEBHOOK_ALLOW_PRIVATE }),
    totpCodes: otplibCodes(),
    ...(settings.TWO_FACTOR_KEY === null ? {} : { secretCipher: aesCipher(settings.TWO_FACTOR_KEY) }),
    passkeyVerifier: simpleWebAuthn(settings.PUBLIC_URL ?? parts.publicUrl),
    secrets: nodeSecrets(),
    ids: uuidIds(),
    clock: systemClock(),
    models: parts.models ?? connectModels(settings.models, decorators),
    policy: policyOf(settings, parts.publicUrl),
  });
}

/** The provider of payments, and the checkout of the test provider; null for what the settings do not select. */
export interface ComposedPayments {
  payments: Payments | null;
  demoCheckout: DemoCheckout | null;
}

/** Composes the provider of payments that the settings select. */
export function composePayments(settings: Settings): ComposedPayments {
  switch (settings.PAYMENTS) {
    case 'off':
      return { payments: null, demoCheckout: null };
    case 'demo': {
      const demo = demoPayments();
      return { payments: demo, demoCheckout: demo };
    }
    case 'stripe': {
      const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = settings;
      if (secretKey === null || webhookSecret === null)
        throw new TypeError('The settings require both secrets of Stripe.');
      const apiBase = settings.STRIPE_API_BASE;
      return { payments: stripePayments({ secretKey, webhookSecret, apiBase }), demoCheckout: null };
    }
  }
}

/** Sends mails through the SMTP server of the settings, or writes them to files. */
export function composeMailer(settings: Settings, log: Log): Outbox {
  const from = settings.MAIL_FROM ?? { name: 'metered-chat', address: 'metered-chat@localhost' };
  return settings.SMTP_URL === null
    ? fileMailer({ folder: join(settings.DATA_DIR, 'mail'), from, log })
    : smtpMailer({ url: settings.SMTP_URL, from, log });
}

/** Connects the models that the settings describe. Nothing is sent until a reply is requested. */
export function connectModels([first, ...others]: ModelDescriptions, decorators: Decorators): ModelOffers {
  const connect = ({ connection, ...terms }: ModelDescription): ModelOffer => ({
    ...terms,
    model: decorators.model(connectModel(connection, decorators), terms.name),
  });
  return [connect(first), ...others.map(connect)];
}

/** Hashes on every core, in threads of low priority. */
function composePasswordHasher({ BCRYPT_COST, SIGN_IN_QUEUE }: Settings): QueuedPasswordHasher {
  const threads = availableParallelism();
  const cost = hashCost(BCRYPT_COST);
  const hasher = bcryptPasswordHasher({ cost: BCRYPT_COST }, workerBcrypt({ threads, measured: cost }));
  return queuedPasswordHasher(hasher, { concurrency: threads, maxWorkMs: SIGN_IN_QUEUE, cost });
}

/** The embedded database has one process, which counts faster in memory; servers that share a PostgreSQL count together. */
function composeRateLimiter(settings: Settings, database: Database): RateLimiter {
  if (settings.DATABASE_URL === null) return memoryRateLimiter();
  return postgresRateLimiter(database.query.bind(database));
}
