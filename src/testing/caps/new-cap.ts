import type { NewCap } from '../../ports/cap-store.js';
import { newId } from '../accounts.js';

/** Returns a cap of an account to set: 500 credits in all, by an administrator. */
export function newCap(userId: string, overrides: Partial<NewCap> = {}): NewCap {
  return {
    ...{ id: newId(), userId, scope: 'account', keyId: null, model: null, window: 'total', limit: 500 },
    ...{ setBy: 'administrator', maxCaps: 50 },
    ...overrides,
  };
}
