import type { ServiceKey } from '../../api/api-objects.js';

/** What a service key with a scope may do. */
export const scopeTexts: Record<ServiceKey['scopes'][number], string> = {
  metering: 'charge accounts',
  grants: 'change balances',
  read: 'read what administrators read',
};
