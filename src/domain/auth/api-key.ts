import { codePointCount, isBlank, unstorableReason } from '../text.js';

/** An API key, without its secret. */
export interface ApiKey {
  id: string;
  name: string;
  /** The last four characters of the secret, by which the owner recognises the key. */
  lastCharacters: string;
  createdAt: Date;
  expiresAt: Date | null;
  /** To the minute; null if it was never used. */
  lastUsedAt: Date | null;
}

/** How many API keys an account can have at most. */
export const maxApiKeys = 100;

/** The maximum length of a key's name, in code points. */
export const maxKeyNameChars = 100;

/** Returns the problems of a key's name; none if it is valid. */
export function validateKeyName(name: string): string[] {
  const unstorable = unstorableReason(name);
  if (unstorable !== null) return [`A name ${unstorable}.`];
  if (isBlank(name)) return ['Must not be blank.'];
  return codePointCount(name) > maxKeyNameChars ? [`Must have at most ${maxKeyNameChars} characters.`] : [];
}
