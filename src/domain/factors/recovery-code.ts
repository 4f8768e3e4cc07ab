import type { Secrets } from '../../ports/secrets.js';

/** How many recovery codes are made at once. Each works once. */
export const recoveryCodeCount = 10;

/** 80 random bits in hexadecimal. */
const codeDigits = 20;

/** Creates recovery codes of an account: as they are shown once, and the digests that are stored. */
export function createRecoveryCodes(
  secrets: Secrets,
  userId: string,
): { codes: string[]; digests: string[] } {
  const codes = Array.from({ length: recoveryCodeCount }, () => createCode(secrets));
  return { codes, digests: codes.map((code) => recoveryDigest(secrets, userId, code)) };
}

/** Returns the digest of a recovery code, as a person types it: in any case, with or without separators. */
export function recoveryDigest(secrets: Pick<Secrets, 'digest'>, userId: string, code: string): string {
  const digits = code.toLowerCase().replace(/[\s-]/g, '');
  return secrets.digest(JSON.stringify(['recovery', userId, digits]));
}

function createCode(secrets: Secrets): string {
  const digits = secrets.digest(secrets.random()).slice(0, codeDigits);
  return digits.replace(/(?<=^(?:.{5})+)(?!$)/g, '-');
}
