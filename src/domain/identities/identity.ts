import { unstorableReason } from '../text.js';

/** What identifies a person at a provider: its issuer and its own id of the person. An email does not identify a person. */
export interface IdentityName {
  issuer: string;
  /** Case-sensitive. */
  subject: string;
}

/** A person at a provider, who signs in to an account. */
export interface Identity extends IdentityName {
  /** UUIDv7. */
  id: string;
  /** What the provider calls the person, such as an email, which distinguishes identities for people; null if it says nothing. */
  label: string | null;
  createdAt: Date;
  lastUsedAt: Date;
}

/** How many identities an account can have. */
export const maxIdentities = 20;

const maxNameChars = 255;

/** Returns whether an issuer and subject can be stored as they are. OpenID Connect limits a subject to 255 ASCII characters. */
export function isIdentityName({ issuer, subject }: IdentityName): boolean {
  return [issuer, subject].every(
    (text) => text !== '' && text.length <= maxNameChars && unstorableReason(text) === null,
  );
}

/** Returns a label that can be stored and shown; null if nothing is left of it. */
export function storableLabel(label: string | null): string | null {
  if (label === null || unstorableReason(label) !== null) return null;
  const trimmed = label.trim();
  return trimmed === '' || trimmed.length > maxNameChars ? null : trimmed;
}
