import { isDomainError } from '../../domain/errors.js';
import { SetupError } from '../../domain/setup-error.js';
import { sqlState } from './database.js';

/** Why a connection failed, and whether a later attempt may succeed without a change by the operator. */
export interface ConnectionProblem {
  reason: string;
  isTransient: boolean;
}

/** System errors that a starting, restarting or busy server can cause. ENOENT is about its socket file. */
const transientCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOENT', 'EAGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EMFILE', 'ENFILE'],
]);
/** Transient SQLSTATEs: 08 connection, 53 resources, 57P shutdown and start, 57014 and 55P03 timeouts, 40 conflicts. */
const transientState = /^(08...|53...|57P0[1-5]|57014|55P03|40...)$/;
const transientMessage = /^(Connection terminated|timeout expired|timeout exceeded when trying to connect)/;

/** The start of a message of poolers that do not support settings of a session. A retry fails again. */
export const poolerRejection = 'unsupported startup parameter';

/** Messages of pg that have no code. */
const noTls = 'The server does not support SSL connections';
const otherProtocol = 'There was an error establishing an SSL connection';

const rejection = 'PostgreSQL rejects the connection:';
const noPassword = 'PostgreSQL requires a password: set DATABASE_PASSWORD or DATABASE_PASSWORD_FILE';
const unknownAuthority =
  'its certificate is from an unknown authority: add sslrootcert=…, with the file of the CA certificate, to the URL';
const reasons: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: check the clocks of both machines',
  ENOTFOUND: 'the host does not exist',
  EACCES: 'this user may not open the socket',
  EPERM: 'this user may not open the socket',
};

/** Explains an error of a connection attempt. */
export function connectionProblemOf(error: unknown): ConnectionProblem {
  const cause = isDomainError(error) ? (error.cause ?? error) : error;
  const message = messageOf(cause);
  const code = sqlState(cause) ?? '';
  const isTransient = transientCodes.has(code) || transientState.test(code) || transientMessage.test(message);
  return { reason: reasonOf(code, message), isTransient };
}

/** Creates a SetupError with the address and the reason, without secrets. */
export function connectionSetupError(place: string, { reason, isTransient }: ConnectionProblem): SetupError {
  if ([rejection, noPassword].some((start) => reason.startsWith(start))) return new SetupError(`${reason}.`);
  return new SetupError(
    isTransient
      ? `PostgreSQL at ${place} does not respond: ${reason}.`
      : `PostgreSQL at ${place} cannot be used: ${reason}.`,
  );
}

/** Whether TLS failed, or the server rejected the role or the database. */
export function isRejectedConnection(error: unknown): boolean {
  const code = sqlState(error) ?? '';
  return (
    /^(28...|3D000|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code) ||
    [noTls, otherProtocol].includes(messageOf(error))
  );
}

function reasonOf(code: string, message: string): string {
  if (message.startsWith(poolerRejection)) {
    return 'it is a connection pooler: set DATABASE_POOLER=transaction (isBehindPooler: true) if it runs in transaction mode';
  }
  if (message === noTls) {
    return 'it does not support TLS, which sslmode in the URL requires: set sslmode=disable if the network is trusted';
  }
  if (message === otherProtocol) return 'the server is not a PostgreSQL';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is for another host: ${message.replace(/\.$/, '')}`;
  if (/^SASL: .*password must be/.test(message)) return noPassword;
  if (/^(28|3D)/.test(code)) return `${rejection} ${message}`;
  return reasons[code] ?? message;
}

/** The message of an error. For a host with several addresses, it lists the error of each. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
