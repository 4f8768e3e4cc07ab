import { hash, randomBytes } from 'node:crypto';
import type { Secrets } from '../../ports/secrets.js';

/** Random secrets and SHA-256 digests of Node's crypto module. */
export function nodeSecrets(): Secrets {
  return {
    random: () => randomBytes(32).toString('base64url'),
    digest: (text) => hash('sha256', text),
  };
}
