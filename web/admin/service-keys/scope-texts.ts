import type { ServiceKey } from '../../api/api-objects.js';
import { text } from '../texts/page-texts.js';

type Scope = ServiceKey['scopes'][number];

export const allScopes = ['metering', 'grants', 'read'] as const;

/** What a service key with a scope may do. */
export function scopeText(scope: Scope): string {
  return text(`scope.${scope}`);
}
