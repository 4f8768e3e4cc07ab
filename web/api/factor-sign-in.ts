import type { FactorMethod, SessionTimes, TotpSetup } from './api-objects.js';
import { createPasskey } from './passkeys.js';
import { toProblem } from './problem.js';
import { openSession, request, requestSession } from './request.js';

/** A sign-in that goes on with a second factor, or with the set-up of one. */
export interface SignInChallenge {
  /** What identifies the sign-in to the server. */
  secret: string;
  /** By what it can be completed; none if a factor must be set up first. */
  methods: readonly FactorMethod[];
}

/** A second factor as the API takes it. */
export type PresentedFactor = { code: string } | { recovery_code: string } | { passkey: object };

/** Returns the challenge in an error of a sign-in; null if the error is another one. */
export function challengeOf(error: unknown): SignInChallenge | null {
  const { code, document } = toProblem(error);
  if (code !== 'second_factor_required' && code !== 'factor_setup_required') return null;
  const { challenge: secret, methods = [] } = document;
  return secret === undefined ? null : { secret, methods };
}

/** Completes a sign-in with a second factor and opens the session. Rejects with a `Problem`. */
export function completeSignIn({ secret }: SignInChallenge, factor: PresentedFactor): Promise<void> {
  return openSession('/api/login/factor/', { challenge: secret, ...factor });
}

/** Begins to set up an authenticator app for a sign-in. Rejects with a `Problem`. */
export async function setUpAtSignIn({ secret }: SignInChallenge): Promise<TotpSetup> {
  const response = await request('/api/login/totp/', { method: 'POST', body: { challenge: secret } });
  return (await response.json()) as TotpSetup;
}

/** Recovery codes that are shown once, and the session that waits until they are kept. */
export interface SetUpSignIn {
  recoveryCodes: readonly string[];
  /** Begins to use the session. */
  proceed: () => void;
}

/** Confirms the authenticator app of a sign-in with one of its codes. Rejects with a `Problem`. */
export function confirmAtSignIn({ secret }: SignInChallenge, code: string): Promise<SetUpSignIn> {
  return openWithCodes('/api/login/totp/confirm/', { challenge: secret, code });
}

/** Adds a passkey for a sign-in that requires a factor. Rejects with a `Problem`, also if the user cancels. */
export async function addPasskeyAtSignIn({ secret }: SignInChallenge, name: string): Promise<SetUpSignIn> {
  const passkey = await createPasskey('/api/login/passkey/setup/options/', { challenge: secret });
  return openWithCodes('/api/login/passkey/setup/', { challenge: secret, name, passkey });
}

async function openWithCodes(path: string, body: object): Promise<SetUpSignIn> {
  const opened = await requestSession<SessionTimes & { recovery_codes: string[] }>(path, body);
  return { recoveryCodes: opened.body.recovery_codes, proceed: opened.use };
}
