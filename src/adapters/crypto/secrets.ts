import { hash, randomBytes } from 'node:crypto';
import type { Secrets } from '../../ports/secrets.js';

/** Secrets from the operating system's random source and OpenSSL's SHA-256. */
export function nodeSecrets(): Secrets {
  return {
    random: () => randomBytes(32).toString('base64url'),
    digest: (text) => hash('sha256', text),
  };
}
