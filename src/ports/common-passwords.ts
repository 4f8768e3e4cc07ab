/** The passwords that everybody tries first. */
export interface CommonPasswords {
  has(lowerCased: string): boolean;
}
