import type { Clock } from '../../ports/clock.js';
import type { FactorStore } from '../../ports/factor-store.js';
import type { SecretCipher } from '../../ports/secret-cipher.js';
import type { Secrets } from '../../ports/secrets.js';
import type { TotpCodes } from '../../ports/totp-codes.js';
import type { LimitDeps } from '../limits/consume-limits.js';
import type { Policy } from '../policy.js';
import type { User } from '../users/user.js';
import { totpExists, wrongCode } from './factor-errors.js';
import { limitFactorGuesses } from './limit-factor-guesses.js';
import { createRecoveryCodes } from './recovery-code.js';

/** A secret that is being set up: for typing, and as a URI for a QR code. */
export interface TotpSetup {
  /** In base32. */
  secret: string;
  uri: string;
}

export interface StartTotpDeps {
  factorStore: Pick<FactorStore, 'startTotp'>;
  totpCodes: Pick<TotpCodes, 'createSecret' | 'uriOf'>;
  secretCipher: Pick<SecretCipher, 'seal'>;
  policy: Pick<Policy, 'publicUrl'>;
}

/**
 * Creates the secret of an authenticator app, in place of one that was not confirmed. Rejects with `totp_exists`, or with
 * `two_factors_unavailable` if there is no key that encrypts it.
 */
export async function startTotp(
  deps: StartTotpDeps,
  { id: userId, username }: Pick<User, 'id' | 'username'>,
): Promise<TotpSetup> {
  const secret = deps.totpCodes.createSecret();
  const sealedSecret = deps.secretCipher.seal(secret, userId);
  if (!(await deps.factorStore.startTotp({ userId, sealedSecret }))) throw totpExists();
  const issuer = hostOf(deps.policy.publicUrl);
  return { secret, uri: deps.totpCodes.uriOf({ secret, issuer, username }) };
}

export interface ConfirmTotpDeps extends LimitDeps {
  factorStore: Pick<FactorStore, 'totp' | 'confirmTotp'>;
  totpCodes: Pick<TotpCodes, 'matchingStep'>;
  secretCipher: Pick<SecretCipher, 'open'>;
  secrets: Secrets;
  clock: Pick<Clock, 'now'>;
}

/**
 * Makes the secret that is being set up a factor, by a code of the app. Returns ten recovery codes, which replace earlier ones.
 * Rejects with `wrong_code`, `rate_limited` or `two_factors_unavailable`, or with `totp_exists` if another one was confirmed, or
 * with `mustBeFirst` if the account has any factor.
 */
export async function confirmTotp(
  deps: ConfirmTotpDeps,
  { userId, code, mustBeFirst }: { userId: string; code: string; mustBeFirst: boolean },
): Promise<string[]> {
  const stored = await deps.factorStore.totp(userId);
  if (stored?.isConfirmed === true) throw totpExists();
  const { sealedSecret } = stored ?? { sealedSecret: null };
  if (sealedSecret === null) throw wrongCode();
  const secret = deps.secretCipher.open(sealedSecret, userId);
  const step = await limitFactorGuesses(deps, userId, () => {
    const matching = deps.totpCodes.matchingStep(secret, code, deps.clock.now());
    if (matching === null) throw wrongCode();
    return Promise.resolve(matching);
  });
  const { codes, digests } = createRecoveryCodes(deps.secrets, userId);
  const confirmation = { userId, sealedSecret, step, recoveryDigests: digests, mustBeFirst };
  if (!(await deps.factorStore.confirmTotp(confirmation))) throw totpExists();
  return codes;
}

/** The host and port in a URL, by which an authenticator app names the account's service. */
function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/]+)/i.exec(url)?.[1] ?? url;
}
