import { nodeSecrets, uuidIds, systemClock } from '../../../src/adapters/system/system.js';
import { bcryptPasswordHasher } from '../../../src/adapters/crypto/password-hasher.js';
import { aesCipher } from '../../../src/adapters/crypto/secret-cipher.js';
import { otplibCodes } from '../../../src/adapters/totp/totp-codes.js';
import { simpleWebAuthn } from '../../../src/adapters/webauthn/passkey-verifier.js';
import { djangoHashes } from '../../../src/adapters/crypto/django-hashes.js';
import { demoPayments } from '../../../src/adapters/payments/demo.js';
import { echoModel } from '../../../src/adapters/ai/echo.js';
import { httpApp } from '../../../src/adapters/http/app.js';
import type { HttpApp, HttpDeps } from '../../../src/adapters/http/kit/context.js';
import { createMetrics, readMetrics } from '../../../src/observability/metrics.js';
import { zxcvbnCommonPasswords } from '../../../src/adapters/passwords/common-passwords.js';
import { memoryRateLimiter } from '../../../src/adapters/rate-limit/rate-limiters.js';
import { acceptingReceiver } from './accepting-receiver.js';
import { createCore, type Core } from '../../../src/domain/core.js';
import { noLimits } from '../../../src/domain/limits/rate-limits.js';
import type { Ports } from '../../../src/domain/ports.js';
import type { Log, LogFacts } from '../../../src/ports/log.js';
import type { Mail, Mailer } from '../../../src/ports/mailer.js';
import type { PasswordHasher } from '../../../src/ports/password-hasher.js';
import { testOffer } from '../../domain/chat/test-offer.js';
import { checkedApp } from './checked-app.js';
import type { Engine } from './engines.js';

/** The API over an engine, and what can be seen of it from the outside and from the inside. */
export interface TestApi {
  app: HttpApp;
  core: Core;
  engine: Engine;
  /** What was written to the log, line by line. */
  logLines: string[];
  /** Every comparison of a password so far: whether there was a hash to compare with. */
  comparisons: { known: boolean }[];
  /** Every mail that was posted so far. */
  mails: Mail[];
}

/** What a test may replace. */
export interface TestApiOptions extends Partial<
  Pick<Ports, 'models' | 'clock' | 'mailer' | 'passwordHasher' | 'payments' | 'identityProviders'> &
    Pick<
      HttpDeps,
      | 'ping'
      | 'lifecycle'
      | 'corsOrigins'
      | 'stopping'
      | 'publicUrl'
      | 'pages'
      | 'identify'
      | 'requestHook'
      | 'onResponse'
      | 'log'
      | 'metrics'
      | 'metricsSecret'
      | 'demoCheckout'
      | 'trustedProxies'
      | 'streamKeepAliveMs'
      | 'maxChatBodyBytes'
    >
> {
  policy?: Partial<Ports['policy']>;
  passkeyVerifier?: Ports['passkeyVerifier'];
  /** False: the service has no key for the secrets of authenticator apps. */
  hasTwoFactorKey?: boolean;
  /** Wraps the core that the API uses. */
  wrapCore?: (core: Core) => Core;
}

/** The figures of the original: 4,000 to begin with, 100 a message. */
export const testPolicy = {
  startingCredits: 4000,
  maxMessageChars: 32_000,
  accessTtlMs: 24 * 60 * 60 * 1000,
  refreshTtlMs: 30 * 24 * 60 * 60 * 1000,
  holdTtlMs: 10 * 60 * 1000,
  holdLeaseMs: 30_000,
  publicUrl: 'https://chat.example.test',
  requireVerifiedEmail: false,
  limits: noLimits,
};

const commonPasswords = zxcvbnCommonPasswords();
// The lowest cost that bcrypt knows: the work is another test's subject.
const passwordHasher = bcryptPasswordHasher({ cost: 4 });

/** Makes the API over an engine. Any number of them can share one. */
export function testApi(engine: Engine, options: TestApiOptions = {}): TestApi {
  const comparisons: TestApi['comparisons'] = [];
  const mails: Mail[] = [];
  const mailer: Mailer = {
    post: (mail) => void mails.push(mail),
    forget: (userId) => {
      for (const mail of mails.splice(0)) if (mail.userId !== userId) mails.push(mail);
    },
  };
  const demo = demoPayments();
  const core = createCore({
    webhookSender: acceptingReceiver,
    ...engine.stores,
    passwordHasher: counting(options.passwordHasher ?? passwordHasher, comparisons),
    foreignHashes: djangoHashes(),
    commonPasswords,
    rateLimiter: memoryRateLimiter(),
    mailer: options.mailer ?? mailer,
    totpCodes: otplibCodes(),
    ...(options.hasTwoFactorKey === false
      ? {}
      : { secretCipher: aesCipher('a key of 32 characters for tests!') }),
    passkeyVerifier:
      options.passkeyVerifier ?? simpleWebAuthn(options.policy?.publicUrl ?? testPolicy.publicUrl),
    secrets: nodeSecrets(),
    ids: uuidIds(),
    clock: options.clock ?? systemClock(),
    payments: options.payments ?? demo,
    identityProviders: options.identityProviders ?? [],
    models: options.models ?? [testOffer(echoModel())],
    policy: { ...testPolicy, ...options.policy },
  });
  const requestIds = uuidIds();
  const deps: HttpDeps = {
    core: options.wrapCore?.(core) ?? core,
    log: options.log ?? linesLog(engine.logLines),
    requestHook: options.requestHook ?? null,
    onResponse: options.onResponse ?? [],
    newRequestId: () => requestIds.next(),
    ping: options.ping ?? (() => Promise.resolve()),
    lifecycle: options.lifecycle ?? { state: 'ready' },
    corsOrigins: options.corsOrigins ?? null,
    ...(options.stopping === undefined ? {} : { stopping: options.stopping }),
    trustedProxies: options.trustedProxies ?? [],
    publicUrl: options.publicUrl ?? null,
    pages: options.pages ?? null,
    identify: options.identify ?? null,
    streamKeepAliveMs: options.streamKeepAliveMs ?? 5000,
    maxChatBodyBytes: options.maxChatBodyBytes ?? 4 * 1024 * 1024,
    metrics: options.metrics ?? { read: () => readMetrics(createMetrics()) },
    metricsSecret: options.metricsSecret ?? null,
    demoCheckout: options.demoCheckout === undefined ? demo : options.demoCheckout,
  };
  return { app: checkedApp(httpApp(deps)), core, engine, logLines: engine.logLines, comparisons, mails };
}

function counting(hasher: PasswordHasher, comparisons: TestApi['comparisons']): PasswordHasher {
  return {
    hash: (password, network) => hasher.hash(password, network),
    verify: (password, encoded, network) => {
      comparisons.push({ known: encoded !== null });
      return hasher.verify(password, encoded, network);
    },
    throwIfBusy: (network) => {
      hasher.throwIfBusy(network);
    },
    isOutdated: (encoded) => hasher.isOutdated(encoded),
  };
}

/** A log that keeps every line of every level. */
export function linesLog(lines: string[]): Log {
  const keep = (level: string) => (facts: LogFacts, message: string) => {
    lines.push(JSON.stringify({ level, message, ...facts }));
  };
  return { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
}
