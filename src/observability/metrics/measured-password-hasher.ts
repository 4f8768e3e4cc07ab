import { isDomainError } from '../../domain/errors.js';
import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { Meters } from './meters.js';

/** A hasher, counting what it refuses since too many wait. */
export function measuredPasswordHasher(
  hasher: PasswordHasher,
  { hashesRefused }: Pick<Meters, 'hashesRefused'>,
): PasswordHasher {
  const count = (error: unknown) => {
    if (isDomainError(error) && error.code === 'unavailable') hashesRefused.inc();
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
    refuseIfBusy(network) {
      try {
        hasher.refuseIfBusy(network);
      } catch (error) {
        throw count(error);
      }
    },
  };
}
