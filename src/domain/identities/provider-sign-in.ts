import type { Clock } from '../../ports/clock.js';
import type { IdentityStore } from '../../ports/identity-store.js';
import type { ProviderClaims } from '../../ports/identity-provider.js';
import type { UserCredentials } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit } from '../audit/record-audit.js';
import { completeSignIn, type CompleteSignInDeps } from '../auth/complete-sign-in.js';
import { unusablePasswordHash } from '../auth/password.js';
import { DomainError, isDomainError } from '../errors.js';
import type { Policy } from '../policy.js';
import { firstPasswordVersion, usernameKey, type User } from '../users/user.js';
import { usernameFrom, verifiedEmailOf } from './account-names.js';
import { applyGroupRights, type ApplyGroupRightsDeps } from './apply-group-rights.js';
import { fillEmptyEmail, labelOf } from './identity-facts.js';
import { isFresh } from './prove-by-provider.js';
import {
  findProvider,
  finishAttempt,
  startAttempt,
  type ProviderResponse,
  type SignInAttemptDeps,
  type StartedSignIn,
} from './sign-in-attempt.js';

export interface ProviderSignInDeps extends SignInAttemptDeps, CompleteSignInDeps, ApplyGroupRightsDeps {
  identityStore: Pick<IdentityStore, 'findAccount' | 'createAccount' | 'recordUse' | 'fillEmail'>;
  policy: SignInAttemptDeps['policy'] & CompleteSignInDeps['policy'] & Pick<Policy, 'startingCredits'>;
  secrets: SignInAttemptDeps['secrets'];
  clock: Pick<Clock, 'now'>;
}

/** Begins a sign-in by a provider. Rejects with `not_found` or `identity_provider_unavailable`. */
export function startProviderSignIn(
  deps: SignInAttemptDeps,
  { providerId }: { providerId: string },
): Promise<StartedSignIn> {
  return startAttempt(deps, { purpose: 'sign_in', providerId, userId: null });
}

/**
 * Opens a session for the account of the identity that a provider states; the first sign-in creates the account. The groups
 * of the person decide its role and allowance, as far as the provider gives any. Rejects as `finishAttempt` does, with
 * `account_exists` if another account has the verified email of a new person, and with `invalid_credentials` if the account is
 * disabled.
 *
 * The session counts as a recent proof of identity only if the account is new, or the provider says that it has just asked the
 * person: it may have signed them in without.
 */
export async function finishProviderSignIn(
  deps: ProviderSignInDeps,
  { origin, ...response }: ProviderResponse & { origin: Origin },
): Promise<{ session: Awaited<ReturnType<typeof completeSignIn>>; signOutHint: string | null }> {
  const claims = await finishAttempt(deps, response, { purpose: 'sign_in', userId: null });
  const { user, passwordVersion, isNew } = await accountOfIdentity(deps, claims, origin);
  if (user.status !== 'active') throw await rejectDisabled(deps, user, origin);
  const provider = findProvider(deps, response.providerId);
  const withRights = await applyGroupRights(deps, { user, provider, claims, origin });
  const isProof = isNew || isFresh(claims, deps.clock.now());
  const proof = { user: withRights, passwordVersion, method: 'provider', isProof, origin } as const;
  const { signOutHint } = claims;
  const session = await completeSignIn(deps, proof).catch(async (error: unknown) => {
    if (!isDomainError(error)) throw error;
    if (error.code === 'unauthenticated') throw await rejectDisabled(deps, user, origin);
    throw signOutHint === null ? error : error.with({ signOutHint });
  });
  return { session, signOutHint };
}

/** Of several first sign-ins at once, one creates the account, and all return it. */
async function accountOfIdentity(
  deps: ProviderSignInDeps,
  claims: ProviderClaims,
  origin: Origin,
): Promise<UserCredentials & { isNew: boolean }> {
  const known = await deps.identityStore.findAccount(claims);
  if (known !== null) {
    await updateKnown(deps, known, claims, origin);
    return { ...known, isNew: false };
  }
  const created = await createIdentified(deps, claims, origin);
  if (created !== null) return { ...created, isNew: true };
  const account = await deps.identityStore.findAccount(claims);
  if (account === null) throw new DomainError('not_found', 'This account has just been erased.');
  return { ...account, isNew: false };
}

/** Records the use, and gives an account without an email the one that the provider has verified. */
async function updateKnown(
  deps: ProviderSignInDeps,
  { user }: UserCredentials,
  claims: ProviderClaims,
  origin: Origin,
): Promise<void> {
  const { issuer, subject } = claims;
  await deps.identityStore.recordUse({ issuer, subject, label: labelOf(claims) });
  await fillEmptyEmail(deps, { user, claims, origin });
}

/** Returns null if another sign-in has just created the account. */
async function createIdentified(
  deps: ProviderSignInDeps,
  claims: ProviderClaims,
  origin: Origin,
): Promise<UserCredentials | null> {
  const verified = verifiedEmailOf(claims);
  const base = usernameFrom(claims);
  const { issuer, subject } = claims;
  for (let attempt = 0; attempt < maxUsernameAttempts; attempt += 1) {
    const id = deps.ids.next();
    const username = attempt === 0 ? base : `${base}-${deps.secrets.digest(id).slice(0, 6)}`;
    const created = await deps.identityStore.createAccount(
      {
        id,
        username,
        usernameKey: usernameKey(username),
        email: verified?.email ?? null,
        emailKey: verified?.emailKey ?? null,
        passwordHash: unusablePasswordHash,
        role: 'user',
        openingGrant: { entryId: deps.ids.next(), amount: deps.policy.startingCredits },
      },
      { id: deps.ids.next(), issuer, subject, label: labelOf(claims) },
    );
    switch (created.outcome) {
      case 'created':
        await recordAudit(deps, 'registered', { userId: id, origin });
        return {
          user: created.user,
          passwordHash: unusablePasswordHash,
          passwordVersion: firstPasswordVersion,
        };
      case 'identity_taken':
        return null;
      case 'email_taken':
        throw accountExists();
      case 'username_taken':
        continue;
    }
  }
  throw new DomainError('username_taken', 'No free username was found. Try again.');
}

const maxUsernameAttempts = 10;

async function rejectDisabled(deps: ProviderSignInDeps, { id }: User, origin: Origin): Promise<DomainError> {
  await recordAudit(deps, 'sign_in_failed', { userId: id, origin });
  return new DomainError('invalid_credentials', 'The account of this identity is disabled.');
}

function accountExists(): DomainError {
  return new DomainError(
    'account_exists',
    'An account has this email already. Sign in to it, and add this identity on its account page.',
  );
}
