import type { Allowance } from '../metering/allowance.js';
import type { Role } from '../users/user.js';

/** What the members of a group at a provider get. */
export interface GroupRight {
  /** As the provider writes it; case-sensitive. */
  group: string;
  role?: Role;
  allowance?: Allowance;
}

/** What an account has because of its groups; undefined if the provider does not decide it, null for the default. */
export interface GroupRights {
  role: Role | undefined;
  allowance: Allowance | null | undefined;
}

/**
 * Returns what the members of these groups have. If any group gives the role of an administrator, the provider decides the
 * role: a member of no such group is a user. If any group gives an allowance, the provider decides the allowance: of several groups the first
 * one in `rights` counts, and without one the default applies.
 */
export function rightsOf(rights: readonly GroupRight[], groups: readonly string[]): GroupRights {
  const ofMember = rights.filter(({ group }) => groups.includes(group));
  const decidesRole = rights.some(({ role }) => role === 'admin');
  const decidesAllowance = rights.some(({ allowance }) => allowance !== undefined);
  const isAdmin = ofMember.some(({ role }) => role === 'admin');
  const allowance = ofMember.find((right) => right.allowance !== undefined)?.allowance ?? null;
  return {
    role: decidesRole ? (isAdmin ? 'admin' : 'user') : undefined,
    allowance: decidesAllowance ? allowance : undefined,
  };
}
