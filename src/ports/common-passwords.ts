/** A list of common passwords. */
export interface CommonPasswords {
  /** Returns true if a password, in lower case, is common. */
  has(lowerCased: string): boolean;
}
