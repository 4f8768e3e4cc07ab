/** Shared by all copies of the package that a process has loaded. */
const brand = Symbol.for('metered-chat.SetupError');

/**
 * Thrown when something outside the program must be changed before it can work: a setting, a folder, a database. The
 * message says what is wrong and what to do, and holds no secret. It is meant for the operator, never for a client.
 * Recognise it by `isSetupError`: `instanceof` fails if the package is loaded more than once.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';

  // Not a declared member: one that a symbol names would make the types of two copies differ.
  static {
    Object.defineProperty(this.prototype, brand, { value: true });
  }
}

/**
 * Returns whether a caught value is a `SetupError`, of this copy of the package or of another one.
 *
 * @param error What was caught; any value.
 * @returns True if it is a `SetupError`.
 */
export function isSetupError(error: unknown): error is SetupError {
  return typeof error === 'object' && error !== null && brand in error;
}
