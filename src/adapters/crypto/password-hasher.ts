import { genSaltSync, hash, verify } from '@node-rs/bcrypt';
import { createHash } from 'node:crypto';
import type { PasswordHasher } from '../../ports/password-hasher.js';

const algorithm = 'bcrypt_sha256$';

/**
 * bcrypt over the hexadecimal SHA-256 of the password, in the encoding of Django's BCryptSHA256PasswordHasher:
 * `bcrypt_sha256$$2b$12$…`. bcrypt alone would cut a password at 72 bytes.
 */
export function bcryptPasswordHasher(options: { cost: number }): PasswordHasher {
  // A salt with a digest of nothing but zeros: as much work to compare as any hash, and no password has it.
  const matchesNothing = `${genSaltSync({ cost: options.cost })}${'.'.repeat(31)}`;
  return {
    async hash(password) {
      return algorithm + (await hash(digest(password), { cost: options.cost }));
    },
    async verify(password, encoded) {
      const comparable = encoded?.startsWith(algorithm) ? encoded.slice(algorithm.length) : matchesNothing;
      return verify(digest(password), comparable);
    },
  };
}

function digest(password: string): string {
  return createHash('sha256').update(password, 'utf8').digest('hex');
}
