/** Random bits and digests for secrets. */
export interface Secrets {
  /** Returns 256 random bits from a cryptographic source, as 43 characters of base64url. */
  random(): string;
  /** Returns the SHA-256 digest of the text's UTF-8 bytes, in lower-case hexadecimal. */
  digest(text: string): string;
}
