/** The same symbol in every copy of the package. */
const brand = Symbol.for('metered-chat.SetupError');

/**
 * Thrown if the operator must change something before the program can work: a setting, a folder, a database. The message says
 * what is wrong and what to do, and contains no secret. Show it to the operator, never to a client. Recognise it by
 * `isSetupError`: `instanceof` fails if the package is loaded more than once.
 *
 * @example
 * ```ts
 * import { SetupError } from 'metered-chat/postgres';
 *
 * throw new SetupError('The schema "chat" has tables of another program. Choose another schema.');
 * ```
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';

  // Not a declared member: a member with a symbol as its name would make the types of two copies incompatible.
  static {
    Object.defineProperty(this.prototype, brand, { value: true });
  }
}

/**
 * Returns whether a caught value is a `SetupError`, of this copy of the package or of another one.
 *
 * @param error What was caught; any value.
 * @returns True if it is a `SetupError`.
 *
 * @example
 * ```ts
 * import { isSetupError, openPostgres } from 'metered-chat/postgres';
 *
 * try {
 *   await openPostgres({ connectionString: 'postgres://chat@localhost/chat' });
 * } catch (error) {
 *   if (!isSetupError(error)) throw error;
 *   console.error(error.message);
 * }
 * ```
 */
export function isSetupError(error: unknown): error is SetupError {
  return typeof error === 'object' && error !== null && brand in error;
}
