/** Randomness and digests for secrets. */
export interface Secrets {
  /** 256 fresh random bits as 43 characters of base64url, from a cryptographic source. */
  random(): string;
  /** SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal. */
  digest(text: string): string;
}
