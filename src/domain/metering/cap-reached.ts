import { DomainError } from '../errors.js';
import type { CapState } from './cap.js';

/** Returns the error for a use of so many credits that a cap does not allow. */
export function capReached(state: CapState, required: number): DomainError {
  const { cap, left, endsAt } = state;
  const subject = { account: 'this account', key: 'this API key', model: 'this model' }[cap.scope];
  const window = cap.window === 'total' ? 'in total' : `per ${cap.window}`;
  const until = endsAt === null ? '' : ` until ${endsAt.toISOString()}`;
  return new DomainError(
    'cap_reached',
    `The cap of ${cap.limit} ${window} on ${subject} is reached: ${left} left${until}, ${required} required.`,
    { cap: state, required },
  );
}
