/** Encrypts secrets that are stored, by a key that is not in the database. */
export interface SecretCipher {
  /**
   * Encrypts a text and authenticates it together with its context. Two calls never return the same text. Throws a DomainError
   * `two_factors_unavailable` if there is no key.
   */
  seal(text: string, context: string): string;
  /**
   * Decrypts what `seal` returned for the same context. Throws a DomainError `two_factors_unavailable` if there is no key, or if
   * the key or context is another one or the text was changed.
   */
  open(sealed: string, context: string): string;
}
