import type { WebAuthnJson } from '../../ports/passkey-verifier.js';
import { changesOf } from '../audit/audit-details.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit } from '../audit/record-audit.js';
import type { OpenedSession } from '../auth/session.js';
import type { User } from '../users/user.js';
import { accountLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import { openContinued, type OpenContinuedDeps } from './complete-second-factor.js';
import { throwIfInvalid } from '../errors.js';
import { challengeExpired } from './factor-errors.js';
import { validatePasskeyName } from './factor.js';
import {
  requestNewPasskey,
  storeNewPasskey,
  type RequestNewPasskeyDeps,
  type StoreNewPasskeyDeps,
} from './new-passkey.js';
import { findSignIn } from './sign-in-challenge.js';
import { confirmTotp, startTotp, type ConfirmTotpDeps, type StartTotpDeps, type TotpSetup } from './totp.js';

interface SetUpInput {
  challengeSecret: string;
}

/**
 * Begins to set up an authenticator app for a sign-in that requires a factor. Rejects with `challenge_expired`, `totp_exists`
 * or `two_factors_unavailable`.
 */
export async function setUpTotpAtSignIn(
  deps: StartTotpDeps & OpenContinuedDeps & { policy: StartTotpDeps['policy'] },
  { challengeSecret }: SetUpInput,
): Promise<TotpSetup> {
  const { user } = await findSetUp(deps, challengeSecret);
  return startTotp(deps, user);
}

async function findSetUp(
  deps: Pick<OpenContinuedDeps, 'challengeStore' | 'userStore' | 'secrets'>,
  secret: string,
) {
  const signIn = await findSignIn(deps, { secret, purpose: 'factor_setup' });
  const found = await deps.userStore.findById(signIn.userId);
  if (found === null) throw challengeExpired();
  return { signIn, user: found.user };
}

/**
 * Adds the authenticator app as a factor and completes the sign-in. Returns the session, and recovery codes, which cannot be
 * read again. Rejects with `challenge_expired`, `wrong_code`, `rate_limited` or `totp_exists`.
 */
export async function confirmTotpAtSignIn(
  deps: ConfirmTotpDeps &
    OpenContinuedDeps &
    NotifyDeps & {
      secrets: ConfirmTotpDeps['secrets'];
      policy: ConfirmTotpDeps['policy'] & OpenContinuedDeps['policy'] & NotifyDeps['policy'];
    },
  { challengeSecret, code, origin }: SetUpInput & { code: string; origin: Origin },
): Promise<{ user: User; session: OpenedSession; recoveryCodes: string[] }> {
  const signIn = await findSignIn(deps, { secret: challengeSecret, purpose: 'factor_setup' });
  const { userId } = signIn;
  const recoveryCodes = await confirmTotp(deps, { userId, code, mustBeFirst: true });
  await recordAudit(deps, 'totp_added', { userId, origin });
  const { user, session } = await openContinued(deps, signIn, origin);
  const link = accountLink(deps);
  await notifyOwner(deps, user, origin, (mails) => mails.factorAdded({ kind: 'totp' }, link));
  return { user, session, recoveryCodes };
}

/**
 * Returns the options with which a browser makes a passkey for a sign-in that requires a factor. Rejects with
 * `challenge_expired`.
 */
export async function requestPasskeyAtSignIn(
  deps: RequestNewPasskeyDeps &
    OpenContinuedDeps & { challengeStore: RequestNewPasskeyDeps['challengeStore'] },
  { challengeSecret }: SetUpInput,
): Promise<WebAuthnJson> {
  const { user } = await findSetUp(deps, challengeSecret);
  return requestNewPasskey(deps, user);
}

/**
 * Adds a passkey as the first factor and completes the sign-in. Returns the session, and recovery codes, which cannot be read
 * again. Rejects with `challenge_expired`, also if the account has a factor, `invalid_input` or `wrong_passkey`.
 */
export async function addPasskeyAtSignIn(
  deps: StoreNewPasskeyDeps &
    OpenContinuedDeps & {
      challengeStore: StoreNewPasskeyDeps['challengeStore'] & OpenContinuedDeps['challengeStore'];
      secrets: StoreNewPasskeyDeps['secrets'];
      policy: StoreNewPasskeyDeps['policy'] & OpenContinuedDeps['policy'];
    },
  input: SetUpInput & { name: string; response: WebAuthnJson; origin: Origin },
): Promise<{ user: User; session: OpenedSession; recoveryCodes: string[] }> {
  const { challengeSecret, name, response, origin } = input;
  throwIfInvalid({ name: validatePasskeyName(name) });
  const { signIn, user: owner } = await findSetUp(deps, challengeSecret);
  const { passkey, recoveryCodes } = await storeNewPasskey(deps, {
    user: owner,
    name,
    response,
    mustBeFirst: true,
  });
  const about = { userId: owner.id, subjectId: passkey.id, details: changesOf({}, { name }), origin };
  await recordAudit(deps, 'passkey_added', about);
  const { user, session } = await openContinued(deps, signIn, origin);
  const link = accountLink(deps);
  await notifyOwner(deps, user, origin, (mails) => mails.factorAdded({ kind: 'passkey', name }, link));
  return { user, session, recoveryCodes: recoveryCodes ?? [] };
}
