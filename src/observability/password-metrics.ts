import { isDomainError } from '../domain/errors.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { Metrics } from './metrics.js';

/** Counts the passwords that are rejected because too many wait. */
export function withPasswordHasherMetrics(
  hasher: PasswordHasher,
  { hashesRejected }: Pick<Metrics, 'hashesRejected'>,
): PasswordHasher {
  const count = (error: unknown) => {
    if (isDomainError(error) && error.code === 'unavailable') hashesRejected.inc();
    return error;
  };
  const counted = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      throw count(error);
    }
  };
  return {
    ...hasher,
    hash: (password, network) => counted(hasher.hash(password, network)),
    verify: (password, encoded, network) => counted(hasher.verify(password, encoded, network)),
    throwIfBusy(network) {
      try {
        hasher.throwIfBusy(network);
      } catch (error) {
        throw count(error);
      }
    },
  };
}
