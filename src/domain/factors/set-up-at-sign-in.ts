import type { Origin } from '../audit/audit-event.js';
import { recordAudit } from '../audit/record-audit.js';
import type { OpenedSession } from '../auth/session.js';
import type { User } from '../users/user.js';
import { accountLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import { openContinued, type OpenContinuedDeps } from './complete-second-factor.js';
import { challengeExpired } from './factor-errors.js';
import { factorAddedMail } from './factor-mails.js';
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
  const { userId } = await findSignIn(deps, { secret: challengeSecret, purpose: 'factor_setup' });
  const found = await deps.userStore.findById(userId);
  if (found === null) throw challengeExpired();
  return startTotp(deps, found.user);
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
  await notifyOwner(deps, user, origin, (to) => factorAddedMail(to, 'an authenticator app', link));
  return { user, session, recoveryCodes };
}
