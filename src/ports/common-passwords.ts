/** The passwords that everybody tries first. */
export interface CommonPasswords {
  /** Whether a password, in lower case, is one that many have. */
  has(lowerCased: string): boolean;
}
