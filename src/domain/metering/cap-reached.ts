import { DomainError } from '../errors.js';
import type { CapState } from './cap.js';

/** Returns the error of a request that a cap forbids. */
export function capReached(cap: CapState): DomainError {
  const { limit, window } = cap.cap;
  const period = window === 'total' ? 'in all' : `for each ${window}`;
  const sentence = `The cap of ${limit} ${period} is reached: ${cap.left} left.`;
  return new DomainError('cap_reached', sentence, { cap });
}
