import type { RaRecord } from 'react-admin';
import { choicesOf, type Role, type UserStatus } from '../api/api-values.js';

/** An account as the administration gets it. */
export interface User extends RaRecord<string> {
  username: string;
  email: string | null;
  email_verified: boolean;
  /** The email that takes effect once it is confirmed. */
  pending_email: string | null;
  role: Role;
  status: UserStatus;
  tokens: number;
  held: number;
  created_at: string;
  last_seen_at: string | null;
  last_signed_in_at: string | null;
}

export const roleChoices = choicesOf<Role>({ user: 'User', admin: 'Administrator' });

export const statusChoices = choicesOf<UserStatus>({ active: 'Active', disabled: 'Disabled' });
