import type { CapStore } from '../../ports/cap-store.js';
import { notFound } from '../errors.js';
import type { Policy } from '../policy.js';
import type { CapState } from './cap.js';

export interface ReadCapsDeps {
  capStore: Pick<CapStore, 'states'>;
  policy: Pick<Policy, 'defaultCaps' | 'timeZone'>;
}

/**
 * Returns the caps of an account and the defaults that apply to it, with what is spent and left in their windows. Rejects with
 * `not_found` if the account was erased.
 */
export async function readCaps(deps: ReadCapsDeps, userId: string): Promise<CapState[]> {
  const states = await deps.capStore.states(userId, deps.policy);
  if (states === null) throw notFound('account');
  return states;
}
