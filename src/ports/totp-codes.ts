/** Codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 seconds, which every app supports. */
export interface TotpCodes {
  /** Returns a new secret of 160 random bits, in base32. */
  createSecret(): string;
  /** Returns the URI of a secret, for a QR code. */
  uriOf(totp: { secret: string; issuer: string; username: string }): string;
  /**
   * Returns the step that a code belongs to, if it is the one of `now` or the one before; otherwise null. Never throws for a
   * code, whatever its form.
   */
  matchingStep(secret: string, code: string, now: Date): number | null;
}
