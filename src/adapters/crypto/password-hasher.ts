import { genSaltSync } from '@node-rs/bcrypt';
import { createHash } from 'node:crypto';
import { canonicalPassword, isOverlongPassword } from '../../domain/auth/password.js';
import type { PasswordHasher } from '../../ports/password-hasher.js';
import { threadPoolBcrypt, type Bcrypt } from './bcrypt.js';
import { adoptedHash } from './django-hashes.js';

const algorithm = 'bcrypt_sha256$';

/**
 * bcrypt over the hexadecimal SHA-256 of the password, in the encoding of Django's BCryptSHA256PasswordHasher:
 * `bcrypt_sha256$$2b$12$…`. bcrypt alone would ignore everything after 72 bytes. Passwords are compared in their
 * canonical form.
 */
export function bcryptPasswordHasher(
  options: { cost: number },
  bcrypt: Bcrypt = threadPoolBcrypt,
): PasswordHasher {
  // A salt with a digest of zeros: comparing takes as long as with any hash, and no password matches.
  const unmatchableHash = `${genSaltSync({ cost: options.cost })}${'.'.repeat(31)}`;
  const currentPrefix = `${algorithm}$2b$${String(options.cost).padStart(2, '0')}$`;
  return {
    async hash(password) {
      return algorithm + (await bcrypt.hash(digest(password), options.cost));
    },
    async verify(password, encoded) {
      const matchesAdopted = encoded === null ? null : adoptedHash(encoded);
      if (matchesAdopted !== null) return matchesAdopted(password);
      // The time of normalising is quadratic in the length, so an overlong password, which cannot match, is not normalised.
      if (isOverlongPassword(password)) return bcrypt.verify('', unmatchableHash);
      const comparable = encoded?.startsWith(algorithm) ? encoded.slice(algorithm.length) : unmatchableHash;
      return bcrypt.verify(digest(canonicalPassword(password)), comparable);
    },
    throwIfBusy: () => undefined,
    isOutdated: (encoded) => !encoded.startsWith(currentPrefix),
  };
}

function digest(password: string): string {
  return createHash('sha256').update(password, 'utf8').digest('hex');
}
