import type { Secrets } from '../../ports/secrets.js';

/** What a service key is looked up by. Its secret contains the id of the key. */
export interface ServiceKeyReference {
  keyId: string;
  /** SHA-256 of the whole secret, in hexadecimal. */
  digest: string;
}

/** Creates `mcs_<key id>_<43 random characters>`: a prefix for secret scanners, and 256 random bits. */
export function createServiceSecret(
  secrets: Secrets,
  keyId: string,
): { secret: string; reference: ServiceKeyReference } {
  const secret = `mcs_${keyId.replaceAll('-', '')}_${secrets.random()}`;
  return { secret, reference: { keyId, digest: secrets.digest(secret) } };
}

/** A prefix, the id of a key in five groups, and the random part. */
const shape = /^mcs_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[\w-]{43}$/;

/** Parses a presented secret; null if it does not have the form of a service key. */
export function parseServiceSecret(
  secrets: Pick<Secrets, 'digest'>,
  secret: string,
): ServiceKeyReference | null {
  const parts = shape.exec(secret);
  return parts === null ? null : { keyId: parts.slice(1).join('-'), digest: secrets.digest(secret) };
}
