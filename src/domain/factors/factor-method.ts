/** How a second factor can be proved. */
export const factorMethods = ['totp', 'passkey', 'recovery_code'] as const;
/** A way to prove a second factor. */
export type FactorMethod = (typeof factorMethods)[number];

/** A sign-in that goes on with a second factor. It is no session: nothing but that sign-in accepts its secret. */
export interface SignInChallenge {
  /** Shown once, to the client that signs in. */
  secret: string;
  expiresAt: Date;
  /** By what the sign-in can be completed; none if a factor must be set up first. */
  methods: readonly FactorMethod[];
}
