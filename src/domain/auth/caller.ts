import { DomainError } from '../errors.js';
import type { User } from '../users/user.js';

/** Who is calling, and by what: a session of a person, or the API key of a program. */
export interface Caller {
  user: User;
  by: { kind: 'session'; sessionId: string } | { kind: 'api_key'; keyId: string };
}

/**
 * The caller's session. Refuses an API key with `session_required`: a key cannot change the account, its password,
 * email, sessions or keys.
 */
export function requireSession(caller: Caller): string {
  if (caller.by.kind === 'session') return caller.by.sessionId;
  throw new DomainError('session_required', 'An API key cannot do this; sign in.');
}

/** Refuses whoever is no administrator with `admin_required`. */
export function requireAdmin(caller: Caller): void {
  if (caller.user.role === 'admin') return;
  throw new DomainError('admin_required', 'Only an administrator can do this.');
}
