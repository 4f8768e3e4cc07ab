import { signedOutFailure } from '../api/failure.js';

/**
 * Returns the response of the data provider. Throws if the session has ended: react-admin then opens the sign-in page and
 * resolves with `{data: {}}`, although nothing was done.
 */
export function throwIfSignedOut<Response>(response: Response): Response {
  const { data } = (response ?? {}) as { data?: object };
  if (data !== undefined && Object.keys(data).length === 0) throw signedOutFailure();
  return response;
}
