import { DomainError } from '../../domain/errors.js';
import { isRejectedConnection, poolerRejection } from './connection-error.js';
import { sqlState } from './database.js';

/**
 * SQLSTATEs after which a retry may succeed: 08 connection, 53 resources, 57P shutdown, 25006 a read-only standby, 57014
 * and 55P03 timeouts, 40 conflicts with another transaction.
 */
const unavailableState = /^(08...|53...|57P0[1-3]|25006|57014|55P03|40...)$/;
const unavailableMessage =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after)/;

/**
 * Translates an error of a driver. If a retry may succeed, returns a DomainError `unavailable` with the error as its
 * cause, otherwise the error itself.
 */
export function translateError(error: unknown): unknown {
  const state = sqlState(error);
  const systemError = state !== null && /^E[A-Z_]+$/.test(state);
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith(poolerRejection)) return error;
  if (
    systemError ||
    isRejectedConnection(error) ||
    unavailableMessage.test(message) ||
    (state !== null && unavailableState.test(state))
  ) {
    return new DomainError(
      'unavailable',
      'The database is not available.',
      { retryAfterSeconds: 1 },
      { cause: error },
    );
  }
  return error;
}
