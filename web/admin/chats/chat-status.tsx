import { Chip } from '@mui/material';
import type { ListedExchange } from '../../api/api-objects.js';
import { chatStatusChoices } from './chat-statuses.js';

const colors = { pending: 'info', failed: 'error', cancelled: 'warning', imported: 'default' } as const;

/** The status of a chat; every status but the normal one is highlighted. */
export function ChatStatus({ status }: Pick<ListedExchange, 'status'>) {
  const label = chatStatusChoices.find(({ id }) => id === status)?.name ?? status;
  return status === 'completed' ? (
    <>{label}</>
  ) : (
    <Chip label={label} color={colors[status]} variant="outlined" />
  );
}
