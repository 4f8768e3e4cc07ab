import { DomainError } from '../../../domain/errors.js';
import { sqlState } from '../database.js';
import { translateError } from '../translate-error.js';

/** Libraries wrap the errors of the driver, some twice. */
const maxDepth = 5;
const sqlStateForm = /^[0-9A-Z]{5}$/;

/** Returns the error of the database that an error of the embedding program's library wraps, translated. */
export function hostError(thrown: unknown): unknown {
  let error = thrown;
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const state = sqlState(error) ?? '';
    if (sqlStateForm.test(state)) return programmingError(state, error) ?? translateError(error);
    if (!(error instanceof Error) || error.cause === undefined) break;
    error = error.cause;
  }
  return translateError(thrown);
}

function programmingError(state: string, cause: unknown): TypeError | null {
  switch (state) {
    case '25P01':
      return new TypeError('core.within requires a transaction: begin one, and pass its connection.', {
        cause,
      });
    case '25P02':
      return new TypeError('The transaction has failed by an earlier statement: roll it back.', { cause });
    default:
      return null;
  }
}

/** The error for a transaction that cannot see what another one has written, and so must be repeated as a whole. */
export function repeatTransaction(cause: unknown): DomainError {
  return new DomainError(
    'unavailable',
    'Another transaction was faster. Roll this one back and repeat it.',
    { retryAfterSeconds: 0 },
    { cause },
  );
}
