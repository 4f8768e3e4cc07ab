import { randomBytes } from 'node:crypto';
import { crc32c } from './crc32c.js';

// The layout of ControlFileData in src/include/catalog/pg_control.h of PostgreSQL 18.
const controlVersion = 1800;
const versionAt = 8;
const nonceAt = 257;
const nonceBytes = 32;
const checksumAt = 292;

/** The length in bytes of the system identifier, which is at the beginning. */
export const systemIdentifierBytes = 8;

/** What is wrong with the content of global/pg_control; empty if nothing is. */
export function controlProblems(control: Buffer): string[] {
  if (control.length < checksumAt + 4) return ['global/pg_control is truncated'];
  if (crc32c(control.subarray(0, checksumAt)) !== control.readUInt32LE(checksumAt))
    return ['global/pg_control is damaged'];
  const version = control.readUInt32LE(versionAt);
  return version === controlVersion
    ? []
    : [
        `global/pg_control has version ${version}, but this version of metered-chat requires ${controlVersion}`,
      ];
}

/** A copy of the content of global/pg_control with another system identifier and another nonce for authentication. */
export function withNewIdentity(control: Buffer): Buffer {
  const changed = Buffer.from(control);
  const identifier = randomBytes(systemIdentifierBytes);
  // Positive, because SQL shows it as a signed integer.
  identifier.writeUInt8(identifier.readUInt8(systemIdentifierBytes - 1) & 0x7f, systemIdentifierBytes - 1);
  identifier.copy(changed);
  randomBytes(nonceBytes).copy(changed, nonceAt);
  changed.writeUInt32LE(crc32c(changed.subarray(0, checksumAt)), checksumAt);
  return changed;
}
