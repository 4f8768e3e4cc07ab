import { codePointCount, isBlank, unstorableReason } from '../text.js';

/** A key of a program, without its secret. */
export interface ApiKey {
  id: string;
  name: string;
  /** The last four characters of the secret, to tell keys apart by. */
  lastCharacters: string;
  createdAt: Date;
  expiresAt: Date | null;
  /** To the minute; null while it was never used. */
  lastUsedAt: Date | null;
}

/** The most keys that an account can have. */
export const maxApiKeys = 100;

/** The longest name of a key, in code points. */
export const maxKeyNameChars = 100;

/** What is wrong with a key's name. */
export function validateKeyName(name: string): string[] {
  const unstorable = unstorableReason(name);
  if (unstorable !== null) return [`A name ${unstorable}.`];
  if (isBlank(name)) return ['Must not be blank.'];
  return codePointCount(name) > maxKeyNameChars ? [`Must have at most ${maxKeyNameChars} characters.`] : [];
}
