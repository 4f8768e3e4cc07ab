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
  /** The names of the models that it may use; null for all of them. */
  models: readonly string[] | null;
}

/** How many API keys an account can have at most. */
export const maxApiKeys = 100;

/** The maximum length of a key's name, in code points. */
export const maxKeyNameChars = 100;

/** The most models that a key can be limited to. */
export const maxKeyModels = 100;

/** Returns the problems of a key's name; none if it is valid. */
export function validateKeyName(name: string): string[] {
  const unstorable = unstorableReason(name);
  if (unstorable !== null) return [`A name ${unstorable}.`];
  if (isBlank(name)) return ['Must not be blank.'];
  return codePointCount(name) > maxKeyNameChars ? [`Must have at most ${maxKeyNameChars} characters.`] : [];
}

/** Returns the problems of the models that a key is limited to; `offered` are the names of those that exist. */
export function validateKeyModels(models: readonly string[] | null, offered: readonly string[]): string[] {
  if (models === null) return [];
  if (models.length === 0) return ['Must name at least one model. Leave it out to allow all of them.'];
  if (models.length > maxKeyModels) return [`Must name at most ${maxKeyModels} models.`];
  if (new Set(models).size < models.length) return ['Must not name a model twice.'];
  return models.every((model) => offered.includes(model)) ? [] : ['Must be names of models on offer.'];
}
