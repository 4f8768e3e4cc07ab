import { Box, Chip } from '@mui/material';
import type { Webhook } from '../../api/shop-objects.js';
import { Timestamp } from '../ui/timestamp.js';
import { text } from '../texts/page-texts.js';

/** Whether an endpoint receives events, and if not, since when. */
export function WebhookState({ webhook: { enabled, disabled_at, disabled_by } }: { webhook: Webhook }) {
  if (enabled) return <Chip label={text('webhookState.active')} color="success" variant="outlined" />;
  return (
    <Box component="span" sx={{ display: 'inline-grid', gap: 0.25, justifyItems: 'start' }}>
      {disabled_by === 'failures' ? (
        <Chip label={text('webhookState.disabledAfterFailures')} color="error" variant="outlined" />
      ) : (
        <Chip label={text('webhookState.disabled')} variant="outlined" />
      )}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        <Timestamp at={disabled_at} />
      </Box>
    </Box>
  );
}
