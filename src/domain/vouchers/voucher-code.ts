import type { Secrets } from '../../ports/secrets.js';

/** The digits of Crockford's Base32: no I, L, O or U, which are taken for others or make words. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 16 digits of 5 bits are 80 bits. */
const codeLength = 16;

/** Creates a code such as `7KQ2-0VHM-9XTA-D4ZB`, of 80 random bits, and the digest that is stored in its place. */
export function createVoucherCode(secrets: Secrets): { code: string; digest: string } {
  const code = digitsOf(secrets.random());
  return { code: code.replace(/.{4}(?=.)/g, '$&-'), digest: secrets.digest(code) };
}

/**
 * Returns the digest of a code that a person typed. Letters can be small; white space and hyphens do not matter; O is read as
 * 0, I and L as 1. Null if it does not have the form of a code.
 */
export function digestOfCode(secrets: Pick<Secrets, 'digest'>, typed: string): string | null {
  const code = typed
    .replace(/[\p{White_Space}\p{Dash_Punctuation}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? secrets.digest(code) : null;
}

/** Writes the first bits of random bits in base64url as the digits of a code. */
function digitsOf(random: string): string {
  const bits = Array.from(random, (char) => base64url.indexOf(char).toString(2).padStart(6, '0')).join('');
  return Array.from({ length: codeLength }, (_, index) => {
    return digits[Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)];
  }).join('');
}
