import { Chip } from '@mui/material';
import { chatStatusChoices, type Chat } from './chat.js';

const colors = { pending: 'info', failed: 'error', cancelled: 'warning', imported: 'default' } as const;

/** How an exchange ended; what is as it should be does not stand out. */
export function ChatStatus({ status }: Pick<Chat, 'status'>) {
  const label = chatStatusChoices.find(({ id }) => id === status)?.name ?? status;
  return status === 'completed' ? (
    <>{label}</>
  ) : (
    <Chip label={label} color={colors[status]} variant="outlined" />
  );
}
