import type { Clock } from '../../ports/clock.js';
import type { FactorStore } from '../../ports/factor-store.js';
import type { WebAuthnJson } from '../../ports/passkey-verifier.js';
import type { SecretCipher } from '../../ports/secret-cipher.js';
import type { Secrets } from '../../ports/secrets.js';
import type { TotpCodes } from '../../ports/totp-codes.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import type { LimitDeps } from '../limits/consume-limits.js';
import type { FactorMethod } from './factor-method.js';
import { wrongCode, wrongPasskey } from './factor-errors.js';
import { limitFactorGuesses } from './limit-factor-guesses.js';
import { recoveryDigest } from './recovery-code.js';
import { usePasskey, type UsePasskeyDeps } from './use-passkey.js';

/** What a user presents as a second factor. */
export type PresentedFactor =
  | { method: 'totp'; code: string }
  | { method: 'recovery_code'; code: string }
  /** The response of the authenticator to a challenge. */
  | { method: 'passkey'; response: WebAuthnJson };

export interface CheckFactorDeps extends LimitDeps, RecordAuditDeps, UsePasskeyDeps {
  factorStore: Pick<FactorStore, 'totp' | 'useTotp' | 'useRecoveryCode'>;
  totpCodes: Pick<TotpCodes, 'matchingStep'>;
  secretCipher: Pick<SecretCipher, 'open'>;
  secrets: Pick<Secrets, 'digest'>;
  clock: Pick<Clock, 'now'>;
  policy: UsePasskeyDeps['policy'];
}

/**
 * Checks a factor that a user presents; a code is used up by it. Rejects with `wrong_code`, `wrong_passkey`, `rate_limited`, or
 * `two_factors_unavailable` if the key of the secrets is missing.
 */
export async function checkFactor(
  deps: CheckFactorDeps,
  input: {
    userId: string;
    factor: PresentedFactor;
    purpose: 'passkey_factor' | 'passkey_proof';
    origin: Origin;
  },
): Promise<FactorMethod> {
  const { userId, factor, purpose, origin } = input;
  try {
    if (factor.method === 'passkey') {
      const used = await usePasskey(deps, { response: factor.response, purpose, userId, origin });
      if (used === null) throw wrongPasskey();
    } else {
      await limitFactorGuesses(deps, userId, () => checkCode(deps, userId, factor));
    }
  } catch (error) {
    await recordAudit(deps, 'second_factor_failed', { userId, origin });
    throw error;
  }
  return factor.method;
}

async function checkCode(
  deps: CheckFactorDeps,
  userId: string,
  { method, code }: Exclude<PresentedFactor, { method: 'passkey' }>,
): Promise<void> {
  const isRight =
    method === 'totp'
      ? await useTotpCode(deps, userId, code)
      : await deps.factorStore.useRecoveryCode(userId, recoveryDigest(deps.secrets, userId, code));
  if (!isRight) throw wrongCode();
}

async function useTotpCode(deps: CheckFactorDeps, userId: string, code: string): Promise<boolean> {
  const stored = await deps.factorStore.totp(userId);
  if (stored?.isConfirmed !== true) return false;
  const { sealedSecret } = stored;
  const secret = deps.secretCipher.open(sealedSecret, userId);
  const step = deps.totpCodes.matchingStep(secret, code, deps.clock.now());
  return step !== null && (await deps.factorStore.useTotp({ userId, sealedSecret, step }));
}
