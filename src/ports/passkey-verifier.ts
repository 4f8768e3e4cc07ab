import type { PasskeyCredential } from './passkey-store.js';

/** A JSON object of the Web Authentication API, as browsers take and return it (WebAuthn Level 3). */
export type WebAuthnJson = Readonly<Record<string, unknown>>;

/** What the response of an authenticator names, before it is verified. */
export interface NamedPasskey {
  challenge: string;
  credentialId: string;
  /** The id of the user who has added the passkey; null if the authenticator does not say it. */
  userId: string | null;
}

/** Makes options for authenticators of users, and verifies their responses. */
export interface PasskeyVerifier {
  /** Returns the options with which a browser adds a passkey. */
  creationOptions(options: {
    userId: string;
    username: string;
    challenge: string;
    existing: readonly PasskeyCredential[];
  }): Promise<WebAuthnJson>;
  /**
   * Returns the options with which a browser uses a passkey: one of `allowed`, or any of this site if it is null. `verifiesUser`:
   * the authenticator must verify its user, for instance by a PIN or fingerprint.
   */
  requestOptions(options: {
    challenge: string;
    allowed: readonly PasskeyCredential[] | null;
    verifiesUser: boolean;
  }): Promise<WebAuthnJson>;
  /** Returns what a response names; null if it is malformed. */
  read(response: WebAuthnJson): NamedPasskey | null;
  /** Verifies the response to `creationOptions`; null if it is not valid for this challenge, site and origin. */
  verifyCreation(
    response: WebAuthnJson,
    challenge: string,
  ): Promise<(PasskeyCredential & { isBackedUp: boolean }) | null>;
  /**
   * Verifies the response to `requestOptions` by the public key of a passkey, and with `verifiesUser` that the authenticator
   * verified its user; null if it is not valid. The counter is not checked: `PasskeyStore.use` does.
   */
  verifyUse(use: {
    response: WebAuthnJson;
    challenge: string;
    credential: PasskeyCredential;
    verifiesUser: boolean;
  }): Promise<{ counter: number; isBackedUp: boolean } | null>;
}
