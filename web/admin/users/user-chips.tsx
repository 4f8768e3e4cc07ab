import { Chip } from '@mui/material';
import type { ListedUser } from '../../api/api-objects.js';
import { text } from '../texts/page-texts.js';

/** The role of a user. */
export function RoleChip({ role }: Pick<ListedUser, 'role'>) {
  return role === 'admin' ? (
    <Chip label={text('role.admin')} color="primary" variant="outlined" />
  ) : (
    <>{text('role.user')}</>
  );
}

/** The status of a user. */
export function StatusChip({ status }: Pick<ListedUser, 'status'>) {
  return status === 'disabled' ? (
    <Chip label={text('status.disabled')} color="error" variant="outlined" />
  ) : (
    <>{text('status.active')}</>
  );
}
