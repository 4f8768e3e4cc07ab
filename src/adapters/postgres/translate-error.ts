import { DomainError } from '../../domain/errors.js';
import { isRejectedConnection } from './connection-error.js';
import { sqlState } from './database.js';

/**
 * SQLSTATEs after which a repeat may succeed: 08 connection, 53 resources, 57P shutdown, 25006 a standby that takes no
 * writes; 57014 and 55P03 waited too long, 40 lost against another transaction.
 */
const unavailableState = /^(08...|53...|57P0[1-3]|25006|57014|55P03|40...)$/;
const unavailableMessage =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after)/;

/** What a pooler says to whoever wants to set something for a session; it will say so again. */
const poolerRejection = 'unsupported startup parameter';

/**
 * The error as a DomainError `unavailable`, with the driver's error as its cause, if a repeat may succeed; else the error
 * itself.
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
