import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { ChallengeStore } from '../../ports/challenge-store.js';
import type { EmailChangeStore } from '../../ports/email-change-store.js';
import type { FirstAdminStore } from '../../ports/first-admin-store.js';
import type { KnownNetworkStore } from '../../ports/known-network-store.js';
import type { SignInAttemptStore } from '../../ports/sign-in-attempt-store.js';
import type { OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import { requireOperator, type OperatorCaller } from './caller.js';
import { knownNetworkTtlMs } from './known-networks.js';

export interface PurgeExpiredDeps {
  authTokenStore: Pick<AuthTokenStore, 'purgeExpired'>;
  oneTimeTokenStore: Pick<OneTimeTokenStore, 'purgeExpired'>;
  challengeStore: Pick<ChallengeStore, 'purgeExpired'>;
  emailChangeStore: Pick<EmailChangeStore, 'purgeExpired'>;
  firstAdminStore: Pick<FirstAdminStore, 'purgeExpired'>;
  signInAttemptStore: Pick<SignInAttemptStore, 'purgeExpired'>;
  knownNetworkStore: Pick<KnownNetworkStore, 'purgeUnused'>;
}

/** Deletes what has expired of sessions, one-time auth tokens, sign-ins that have begun and known networks. Rejects with `admin_required`. */
export async function purgeExpired(
  deps: PurgeExpiredDeps,
  { caller }: { caller: OperatorCaller },
): Promise<void> {
  requireOperator(caller);
  await deps.authTokenStore.purgeExpired();
  await deps.oneTimeTokenStore.purgeExpired();
  await deps.challengeStore.purgeExpired();
  await deps.emailChangeStore.purgeExpired();
  await deps.firstAdminStore.purgeExpired();
  await deps.signInAttemptStore.purgeExpired();
  await deps.knownNetworkStore.purgeUnused(knownNetworkTtlMs);
}
