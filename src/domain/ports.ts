import type { Clock } from '../ports/clock.js';
import type { CommonPasswords } from '../ports/common-passwords.js';
import type { ForeignHashes } from '../ports/foreign-hashes.js';
import type { Ids } from '../ports/ids.js';
import type { KnownNetworkStore } from '../ports/known-network-store.js';
import type { Mailer } from '../ports/mailer.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { Secrets } from '../ports/secrets.js';
import type { Stores } from '../ports/stores.js';
import { withDefaultTerms, type ModelOfferInputs, type ModelOffers } from './chat/model-offer.js';
import { noLimits } from './limits/limit.js';
import { defaultPolicy, type Policy } from './policy.js';

/** All that the core stands on. Each is a promise of its own file in `ports`. */
export interface Ports extends Stores {
  mailer: Mailer;
  passwordHasher: PasswordHasher;
  foreignHashes: ForeignHashes;
  commonPasswords: CommonPasswords;
  rateLimiter: RateLimiter;
  secrets: Secrets;
  ids: Ids;
  clock: Clock;
  /** The models on offer; the first one is the default. */
  models: ModelOffers;
  policy: Policy;
}

/** What a chat and its ledger cannot do without. */
type ChatPort = 'chatLedger' | 'creditLedger' | 'conversationStore' | 'secrets' | 'ids' | 'clock';
type OtherPort = Exclude<keyof Ports, ChatPort | 'models' | 'policy'>;

/** What a core is made of. */
export type CorePorts = Pick<Ports, ChatPort> &
  Partial<Pick<Ports, OtherPort>> & {
    /** The models on offer; the first one is the default. Terms that are absent are as in `defaultTerms`. */
    models: ModelOfferInputs;
    /**
     * What is absent is as in `defaultPolicy`; but without a rate limiter nothing is limited, and limits that nobody
     * could count are a TypeError.
     */
    policy?: Partial<Policy>;
  };

/** A core that was given no mailer sends no mails. */
const noMailer: Mailer = { post: () => undefined, forget: () => undefined };

/** A core that was given no store of networks knows none. */
const noKnownNetworks: KnownNetworkStore = {
  remember: () => Promise.resolve(),
  isKnown: () => Promise.resolve(false),
  purgeUnused: () => Promise.resolve(0),
};

/** The ports with what was left out: a default, or what throws a TypeError as soon as somebody needs it. */
export function withDefaults(given: CorePorts): Ports {
  return {
    userStore: absent('userStore'),
    authTokenStore: absent('authTokenStore'),
    apiKeyStore: absent('apiKeyStore'),
    oneTimeTokenStore: absent('oneTimeTokenStore'),
    emailChangeStore: absent('emailChangeStore'),
    ledgerAudit: absent('ledgerAudit'),
    auditLog: absent('auditLog'),
    accountImporter: absent('accountImporter'),
    userDirectory: absent('userDirectory'),
    recordSearch: absent('recordSearch'),
    firstAdminStore: absent('firstAdminStore'),
    statistics: absent('statistics'),
    passwordHasher: absent('passwordHasher'),
    foreignHashes: absent('foreignHashes'),
    commonPasswords: absent('commonPasswords'),
    rateLimiter: absent('rateLimiter'),
    mailer: noMailer,
    knownNetworkStore: noKnownNetworks,
    ...given,
    models: withDefaultTerms(given.models),
    policy: policyWithDefaults(given),
  };
}

function absent<Port extends object>(name: string): Port {
  return new Proxy({} as Port, {
    get: () => {
      throw new TypeError(`This core was given no ${name}, and what was called needs one.`);
    },
  });
}

function policyWithDefaults({ policy = {}, rateLimiter }: CorePorts): Policy {
  const whole = { ...defaultPolicy, ...policy };
  // Paths are put behind it.
  const publicUrl = whole.publicUrl.replace(/\/+$/, '');
  if (rateLimiter !== undefined) return { ...whole, publicUrl };
  const limited = Object.values(policy.limits ?? noLimits).some((limit) => limit !== null);
  if (limited) throw new TypeError('Limits need a rateLimiter that counts.');
  return { ...whole, publicUrl, limits: policy.limits ?? noLimits };
}
