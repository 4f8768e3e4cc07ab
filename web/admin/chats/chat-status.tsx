import { Chip } from '@mui/material';
import type { ListedExchange } from '../../api/api-objects.js';
import { chatStatusText } from './chat-statuses.js';

const colors = { pending: 'info', failed: 'error', cancelled: 'warning', imported: 'default' } as const;

/** The status of a chat; every status but the normal one is highlighted. */
export function ChatStatus({ status }: Pick<ListedExchange, 'status'>) {
  const label = chatStatusText(status);
  return status === 'completed' ? (
    <>{label}</>
  ) : (
    <Chip label={label} color={colors[status]} variant="outlined" />
  );
}
