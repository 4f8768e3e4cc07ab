import { Chip } from '@mui/material';
import type { User } from './user.js';

/** What an account may do. */
export function RoleChip({ role }: Pick<User, 'role'>) {
  return role === 'admin' ? <Chip label="Administrator" color="primary" variant="outlined" /> : <>User</>;
}

/** Whether an account may do anything at all. */
export function StatusChip({ status }: Pick<User, 'status'>) {
  return status === 'disabled' ? <Chip label="Disabled" color="error" variant="outlined" /> : <>Active</>;
}
