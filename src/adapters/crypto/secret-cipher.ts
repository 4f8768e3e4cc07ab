import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { DomainError } from '../../domain/errors.js';
import type { SecretCipher } from '../../ports/secret-cipher.js';

const algorithm = 'aes-256-gcm';
const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts by AES-256-GCM, with a key that is derived from a text.
 *
 * @param key At least 32 characters that cannot be guessed.
 */
export function aesCipher(key: string): SecretCipher {
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'metered-chat two factors', 32));
  return {
    seal(text, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, derived, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${version}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    open(sealed, context) {
      const [sealedVersion, encoded = ''] = sealed.split('.');
      const bytes = Buffer.from(encoded, 'base64url');
      if (sealedVersion !== version || bytes.length < nonceBytes + tagBytes) throw undecryptable();
      const nonce = bytes.subarray(0, nonceBytes);
      const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
      const decipher = createDecipheriv(algorithm, derived, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
      try {
        const opened = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
        return Buffer.concat(opened).toString('utf8');
      } catch (error) {
        throw undecryptable(error);
      }
    },
  };
}

function undecryptable(cause?: unknown): DomainError {
  return new DomainError(
    'two_factors_unavailable',
    'The secret of this second factor cannot be decrypted. Set TWO_FACTOR_KEY to the key with which it was stored.',
    {},
    { cause },
  );
}
