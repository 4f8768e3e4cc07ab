import { Chip } from '@mui/material';
import type { ListedUser } from '../../api/api-objects.js';

/** The role of a user. */
export function RoleChip({ role }: Pick<ListedUser, 'role'>) {
  return role === 'admin' ? <Chip label="Administrator" color="primary" variant="outlined" /> : <>User</>;
}

/** The status of a user. */
export function StatusChip({ status }: Pick<ListedUser, 'status'>) {
  return status === 'disabled' ? <Chip label="Disabled" color="error" variant="outlined" /> : <>Active</>;
}
