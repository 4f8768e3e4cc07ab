import type { Payments } from '../../ports/payments.js';
import { DomainError } from '../errors.js';

function reject(): Promise<never> {
  return Promise.reject(new DomainError('unavailable', 'Payments are not set up.'));
}

/** For a core that sells nothing. */
export const noPayments: Payments = {
  provider: 'none',
  createCheckout: reject,
  readEvent: reject,
  eventsSince: reject,
  refund: reject,
};
