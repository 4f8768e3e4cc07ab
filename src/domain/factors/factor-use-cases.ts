import type { WebAuthnJson } from '../../ports/passkey-verifier.js';
import type { Origin } from '../audit/audit-event.js';
import type { Caller } from '../auth/caller.js';
import { proveIdentity, requestProof, type PresentedProof } from '../auth/prove-identity.js';
import type { Ports } from '../ports.js';
import { normalizeIds } from '../text.js';
import type { PresentedFactor } from './check-factor.js';
import { completeSecondFactor } from './complete-second-factor.js';
import { addPasskey, removePasskey, renamePasskey, setUpPasskey } from './own-passkeys.js';
import { confirmOwnTotp, removeOwnTotp, replaceRecoveryCodes, setUpOwnTotp } from './own-totp.js';
import { readOwnFactors } from './read-factors.js';
import {
  addPasskeyAtSignIn,
  confirmTotpAtSignIn,
  requestPasskeyAtSignIn,
  setUpTotpAtSignIn,
} from './set-up-at-sign-in.js';
import { requestPasskeySignIn, signInByPasskey } from './sign-in-by-passkey.js';

/** The use cases of second factors, passkeys and proofs of identity, as `core.factors` has them. */
export function factorUseCases(ports: Ports) {
  return {
    /** Completes a sign-in with its second factor. Rejects with `challenge_expired`, `wrong_code`, `wrong_passkey` or `rate_limited`. */
    complete: (input: { challengeSecret: string; factor: PresentedFactor; origin: Origin }) =>
      completeSecondFactor(ports, input),
    /** Begins to set up an authenticator app for a sign-in that requires a factor. Rejects with `challenge_expired`, among others. */
    setUpAtSignIn: (input: { challengeSecret: string }) => setUpTotpAtSignIn(ports, input),
    /** Adds the authenticator app as a factor and completes the sign-in. Rejects with `challenge_expired` or `wrong_code`, among others. */
    confirmAtSignIn: (input: { challengeSecret: string; code: string; origin: Origin }) =>
      confirmTotpAtSignIn(ports, input),
    /** Returns the options with which a browser makes a passkey for a sign-in that requires a factor. Rejects with `challenge_expired`. */
    requestPasskeyAtSignIn: (input: { challengeSecret: string }) => requestPasskeyAtSignIn(ports, input),
    /** Adds a passkey as the first factor and completes the sign-in. Rejects with `challenge_expired` or `wrong_passkey`, among others. */
    addPasskeyAtSignIn: (input: {
      challengeSecret: string;
      name: string;
      response: WebAuthnJson;
      origin: Origin;
    }) => addPasskeyAtSignIn(ports, input),
    /** Returns the options with which a browser signs in by a passkey: without a name, or as the second factor of a sign-in. */
    requestPasskey: (input: { challengeSecret: string | null }) => requestPasskeySignIn(ports, input),
    /** Opens a session by a passkey, without a name. Rejects with `invalid_credentials` for every reason. */
    signInByPasskey: (input: { response: WebAuthnJson; origin: Origin }) => signInByPasskey(ports, input),
    /** Returns the factors of the caller's account, without secrets. */
    list: (input: { caller: Caller }) => readOwnFactors(ports, input),
    /** Begins to set up an authenticator app for the caller. Rejects with `proof_required` or `totp_exists`, among others. */
    setUpTotp: (input: { caller: Caller; origin: Origin }) => setUpOwnTotp(ports, input),
    /** Adds the authenticator app of the caller as a factor, and returns recovery codes. Rejects with `wrong_code`, among others. */
    confirmTotp: (input: { caller: Caller; origin: Origin; code: string }) => confirmOwnTotp(ports, input),
    /** Removes the authenticator app of the caller. Rejects with `proof_required`, `not_found` or `last_factor`. */
    removeTotp: (input: { caller: Caller; origin: Origin }) => removeOwnTotp(ports, input),
    /** Replaces the recovery codes of the caller. Rejects with `proof_required` or `no_factor`. */
    replaceRecoveryCodes: (input: { caller: Caller; origin: Origin }) => replaceRecoveryCodes(ports, input),
    /** Returns the options with which a browser adds a passkey. Rejects with `proof_required`. */
    setUpPasskey: (input: { caller: Caller; origin: Origin }) => setUpPasskey(ports, input),
    /** Adds a passkey of the caller; the first factor also gives recovery codes. Rejects with `wrong_passkey`, among others. */
    addPasskey: (input: { caller: Caller; origin: Origin; name: string; response: WebAuthnJson }) =>
      addPasskey(ports, input),
    /** Renames a passkey of the caller. Rejects with `not_found` or `invalid_input`. */
    renamePasskey: async (input: { caller: Caller; origin: Origin; passkeyId: string; name: string }) =>
      renamePasskey(ports, normalizeIds(input)),
    /** Removes a passkey of the caller. Rejects with `proof_required`, `not_found` or `last_factor`. */
    removePasskey: async (input: { caller: Caller; origin: Origin; passkeyId: string }) =>
      removePasskey(ports, normalizeIds(input)),
    /** Records that the caller has proved their identity, for sensitive changes of the next 10 minutes. */
    prove: (input: { caller: Caller; origin: Origin; proof: PresentedProof }) => proveIdentity(ports, input),
    /** Returns the options with which a browser uses a passkey of the caller as such a proof. */
    requestProof: (input: { caller: Caller }) => requestProof(ports, input),
  };
}
