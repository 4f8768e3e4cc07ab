import type { Clock } from '../ports/clock.js';
import type { CommonPasswords } from '../ports/common-passwords.js';
import type { ForeignHashes } from '../ports/foreign-hashes.js';
import type { IdentityProvider } from '../ports/identity-provider.js';
import type { IdentityStore } from '../ports/identity-store.js';
import type { Ids } from '../ports/ids.js';
import type { JoinTransaction } from '../ports/join-transaction.js';
import type { Log } from '../ports/log.js';
import type { KnownNetworkStore } from '../ports/known-network-store.js';
import type { LotLedger } from '../ports/lot-ledger.js';
import type { Mailer } from '../ports/mailer.js';
import type { Payments } from '../ports/payments.js';
import type { FactorStore } from '../ports/factor-store.js';
import type { ChallengeStore } from '../ports/challenge-store.js';
import type { PasskeyVerifier } from '../ports/passkey-verifier.js';
import type { SecretCipher } from '../ports/secret-cipher.js';
import type { TotpCodes } from '../ports/totp-codes.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { OrderStore } from '../ports/order-store.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { Secrets } from '../ports/secrets.js';
import type { SignInAttemptStore } from '../ports/sign-in-attempt-store.js';
import type { Stores } from '../ports/stores.js';
import type { WebhookSender } from '../ports/webhook-sender.js';
import { currentOffers, type ModelOfferInputs, type ModelOffers } from './chat/model-offer.js';
import { DomainError } from './errors.js';
import { noLimits } from './limits/rate-limits.js';
import { noPayments } from './orders/no-payments.js';
import { defaultPolicy, type Policy } from './policy.js';

/** All ports of the core. Each has a file in `ports`, whose comments are its contract. */
export interface Ports extends Stores {
  mailer: Mailer;
  passwordHasher: PasswordHasher;
  foreignHashes: ForeignHashes;
  commonPasswords: CommonPasswords;
  rateLimiter: RateLimiter;
  totpCodes: TotpCodes;
  secretCipher: SecretCipher;
  passkeyVerifier: PasskeyVerifier;
  webhookSender: WebhookSender;
  secrets: Secrets;
  ids: Ids;
  clock: Clock;
  /** What an operator should know, such as usage that a provider cannot have. */
  log: Log;
  payments: Payments;
  /** By which people can sign in; empty if there are none. */
  identityProviders: readonly IdentityProvider[];
  joinTransaction: JoinTransaction;
  /** The models on offer now; the first one is the default. */
  models: ModelOffers;
  policy: Policy;
}

/** The ports that chats and the ledger require. */
type ChatPort = 'holdLedger' | 'creditLedger' | 'conversationStore' | 'secrets' | 'ids' | 'clock';
type OtherPort = Exclude<keyof Ports, ChatPort | 'models' | 'policy'>;

/** The ports that are passed to `createCore`. The others have a default, or throw a TypeError when they are used. */
export type CorePorts = Pick<Ports, ChatPort> &
  Partial<Pick<Ports, OtherPort>> & {
    /**
     * The models on offer; the first one is the default. Absent terms default to `defaultTerms`. A function returns the
     * models that are on offer now, the same list until they change; what has begun keeps its models and prices.
     */
    models: ModelOfferInputs | (() => ModelOfferInputs);
    /**
     * Absent rules default to `defaultPolicy`. Without a `rateLimiter`, the default is no limits, and limits are a
     * TypeError.
     */
    policy?: Partial<Policy>;
  };

/** Writes nothing. */
const noLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // There is no log.
}

/** Sends no mails. */
const noMailer: Mailer = { post: () => undefined, forget: () => undefined };

/** Knows no network. */
const noKnownNetworks: KnownNetworkStore = {
  remember: () => Promise.resolve(),
  isKnown: () => Promise.resolve(false),
  purgeUnused: () => Promise.resolve(0),
};

/** For stores that keep no identities: no account has any. */
const noIdentities = absent<IdentityStore>('identityStore', { identities: () => Promise.resolve([]) });

/** For stores that keep no identities: no sign-in by a provider ever began. */
const noSignInAttempts = absent<SignInAttemptStore>('signInAttemptStore', {
  purgeExpired: () => Promise.resolve(0),
});

/** For stores that keep no lots: nothing expires, and there are no allowances. */
const noLots: LotLedger = {
  lots: () => Promise.resolve({ results: [], next: null }),
  expireLots: () => Promise.resolve(0),
  allowance: () => Promise.resolve(null),
  setAllowance: () =>
    Promise.reject(new TypeError('An allowance requires the port lotLedger. Pass it to createCore.')),
};

/** For stores that keep no second factors: no account has one. */
const noFactors = absent<FactorStore>('factorStore', {
  factors: () => Promise.resolve({ totp: null, passkeys: [], recoveryCodesLeft: 0 }),
});

const noChallenges = absent<ChallengeStore>('challengeStore', { purgeExpired: () => Promise.resolve(0) });

/** Without a key: a secret must not be stored as it is. */
const noCipher: SecretCipher = { seal: refuseWithoutKey, open: refuseWithoutKey };

function refuseWithoutKey(): never {
  throw new DomainError(
    'two_factors_unavailable',
    'This service has no key for the secrets of authenticator apps. Its operator must set TWO_FACTOR_KEY.',
  );
}

/** For stores that keep no orders: no account owes anything. */
const noOrders = absent<OrderStore>('orderStore', {
  list: () => Promise.resolve({ results: [], next: null }),
  debt: () => Promise.resolve(0),
});

/** For stores that are in no database of the host program. */
const noTransactions: JoinTransaction = () => {
  throw new TypeError('core.within requires stores of metered-chat/postgres. Pass theirs to createCore.');
};

/** Returns the ports with their defaults; a required port that is absent throws a TypeError when it is used. */
export function withDefaults(corePorts: CorePorts): Ports {
  const currentModels = currentOffers(corePorts.models);
  const ports: Ports = {
    userStore: absent('userStore'),
    authTokenStore: absent('authTokenStore'),
    apiKeyStore: absent('apiKeyStore'),
    serviceKeyStore: absent('serviceKeyStore'),
    oneTimeTokenStore: absent('oneTimeTokenStore'),
    emailChangeStore: absent('emailChangeStore'),
    capStore: absent('capStore'),
    ledgerAudit: absent('ledgerAudit'),
    auditLog: absent('auditLog'),
    accountImporter: absent('accountImporter'),
    userDirectory: absent('userDirectory'),
    recordSearch: absent('recordSearch'),
    firstAdminStore: absent('firstAdminStore'),
    statistics: absent('statistics'),
    statementReader: absent('statementReader'),
    voucherStore: absent('voucherStore'),
    eventStore: absent('eventStore'),
    webhookStore: absent('webhookStore'),
    notificationStore: absent('notificationStore'),
    webhookSender: absent('webhookSender'),
    passwordHasher: absent('passwordHasher'),
    foreignHashes: absent('foreignHashes'),
    commonPasswords: absent('commonPasswords'),
    rateLimiter: absent('rateLimiter'),
    mailer: noMailer,
    log: noLog,
    knownNetworkStore: noKnownNetworks,
    lotLedger: noLots,
    orderStore: noOrders,
    identityStore: noIdentities,
    signInAttemptStore: noSignInAttempts,
    identityProviders: [],
    factorStore: noFactors,
    challengeStore: noChallenges,
    passkeyStore: absent('passkeyStore'),
    totpCodes: absent('totpCodes'),
    secretCipher: noCipher,
    passkeyVerifier: absent('passkeyVerifier'),
    payments: noPayments,
    joinTransaction: noTransactions,
    ...corePorts,
    models: currentModels(),
    policy: policyWithDefaults(corePorts),
  };
  // The models can change; each use case reads those that are on offer when it begins.
  return Object.defineProperty(ports, 'models', { get: currentModels, enumerable: true, configurable: true });
}

/** A port that throws a TypeError when it is used, except for some of its methods. */
function absent<Port extends object>(name: string, known: Partial<Port> = {}): Port {
  return new Proxy(known as Port, {
    get: (port, method) => {
      if (Object.hasOwn(port, method)) return port[method as keyof Port];
      throw new TypeError(`This use case requires the port ${name}. Pass it to createCore.`);
    },
  });
}

function policyWithDefaults({ policy = {}, rateLimiter }: CorePorts): Policy {
  const whole = { ...defaultPolicy, ...policy };
  // Paths that begin with a slash are appended.
  const publicUrl = whole.publicUrl.replace(/\/+$/, '');
  if (rateLimiter !== undefined) return { ...whole, publicUrl };
  const limited = Object.values(policy.limits ?? noLimits).some((limit) => limit !== null);
  if (limited) throw new TypeError('policy.limits requires a rateLimiter. Pass one to createCore.');
  return { ...whole, publicUrl, limits: policy.limits ?? noLimits };
}
