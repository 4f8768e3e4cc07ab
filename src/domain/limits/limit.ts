/** At most `max` in a window of `windowMs`, which begins with the first one. */
export interface Limit {
  max: number;
  windowMs: number;
}

/** Every limit that there is; null where nothing is limited. */
export interface Limits {
  chatsByUser: Limit | null;
  registrationsByAddress: Limit | null;
  refreshesByAddress: Limit | null;
  forgottenByEmail: Limit | null;
  forgottenByAddress: Limit | null;
  /** Wrong passwords for one name from one address. */
  guessesByNameAndAddress: Limit | null;
  /** Wrong passwords for one name from anywhere. */
  guessesByName: Limit | null;
  /** Wrong passwords from one address, whatever the name. */
  guessesByAddress: Limit | null;
}

/** Where a limit stands, for whoever it applies to. */
export interface LimitState {
  max: number;
  remaining: number;
  resetsInMs: number;
}

/** Limits nothing. */
export const noLimits: Limits = {
  chatsByUser: null,
  registrationsByAddress: null,
  refreshesByAddress: null,
  forgottenByEmail: null,
  forgottenByAddress: null,
  guessesByNameAndAddress: null,
  guessesByName: null,
  guessesByAddress: null,
};
