import { isDomainError } from '../../domain/errors.js';
import { SetupError } from '../../domain/setup-error.js';
import { sqlState } from './database.js';

/** Why a connection could not be made, and whether another attempt may succeed without anybody changing anything. */
export interface ConnectionProblem {
  reason: string;
  isTransient: boolean;
}

/** Errors of the system that a server which starts, restarts or is busy can cause; ENOENT is that of its socket. */
const transientCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOENT', 'EAGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EMFILE', 'ENFILE'],
]);
/** SQLSTATEs of the same kind: 08 connection, 53 resources, 57P shutdown and start, 57014 and 55P03 waited too long. */
const transientState = /^(08...|53...|57P0[1-5]|57014|55P03|40...)$/;
const transientMessage = /^(Connection terminated|timeout expired|timeout exceeded when trying to connect)/;

/** What pg and a pooler say that has no code. */
const noTls = 'The server does not support SSL connections';
const otherProtocol = 'There was an error establishing an SSL connection';
const poolerRejection = 'unsupported startup parameter';

const rejection = 'PostgreSQL refuses the connection:';
const noPassword =
  'PostgreSQL requires a password, and there is none: set DATABASE_PASSWORD or DATABASE_PASSWORD_FILE';
const unknownAuthority =
  'its certificate is not of an authority that is known here: name the file with the certificate of the authority by sslrootcert=… in the URL';
const reasons: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; are the clocks right?',
  ENOTFOUND: 'there is no host of that name',
  EACCES: 'this user may not open the socket',
  EPERM: 'this user may not open the socket',
};

/** Explains an error that came when a connection was made. */
export function connectionProblemOf(error: unknown): ConnectionProblem {
  const cause = isDomainError(error) ? (error.cause ?? error) : error;
  const message = messageOf(cause);
  const code = sqlState(cause) ?? '';
  const isTransient =
    transientCodes.has(code) || transientState.test(code) || transientMessage.test(message);
  return { reason: reasonOf(code, message), isTransient };
}

/** The same for an operator: a SetupError that names the place and the reason, without a secret. */
export function connectionSetupError(place: string, { reason, isTransient }: ConnectionProblem): SetupError {
  if ([rejection, noPassword].some((start) => reason.startsWith(start))) return new SetupError(`${reason}.`);
  return new SetupError(
    isTransient
      ? `PostgreSQL at ${place} does not respond: ${reason}.`
      : `PostgreSQL at ${place} cannot be used: ${reason}.`,
  );
}

/** True of an error by which TLS, or a server that does not take the role, ends a connection before it is one. */
export function isRejectedConnection(error: unknown): boolean {
  const code = sqlState(error) ?? '';
  return (
    /^(28...|3D000|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code) ||
    [noTls, otherProtocol].includes(messageOf(error))
  );
}

function reasonOf(code: string, message: string): string {
  if (message.startsWith(poolerRejection)) {
    return 'it is a connection pooler; set DATABASE_POOLER=transaction (isBehindPooler: true) if it works in transaction mode';
  }
  if (message === noTls) {
    return 'it offers no TLS, which sslmode in the URL demands; sslmode=disable connects without, over a network that is trusted';
  }
  if (message === otherProtocol) return 'what listens there is no PostgreSQL';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is for another host. ${message.replace(/\.$/, '')}`;
  if (/^SASL: .*password must be/.test(message)) return noPassword;
  if (/^(28|3D)/.test(code)) return `${rejection} ${message}`;
  return reasons[code] ?? message;
}

/** A host with several addresses fails with one error for each, and no message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
