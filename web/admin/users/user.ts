import type { RaRecord } from 'react-admin';

/** An account as the administration gets it. */
export interface User extends RaRecord<string> {
  username: string;
  email: string | null;
  email_verified: boolean;
  role: 'user' | 'admin';
  status: 'active' | 'disabled';
  tokens: number;
  held: number;
  created_at: string;
  last_seen_at: string | null;
  last_signed_in_at: string | null;
}

export const roleChoices = [
  { id: 'user', name: 'User' },
  { id: 'admin', name: 'Administrator' },
];

export const statusChoices = [
  { id: 'active', name: 'Active' },
  { id: 'disabled', name: 'Disabled' },
];
