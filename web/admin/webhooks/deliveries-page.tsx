import { Box, Button, Chip, TableCell, TableRow, type ChipProps } from '@mui/material';
import { Link, Title, useDataProvider, useRefresh } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { WebhookDelivery } from '../../api/shop-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { ActButton } from '../ui/act-button.js';
import { countText } from '../ui/amount.js';
import { PagedCard } from '../ui/paged-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { Timestamp } from '../ui/timestamp.js';
import { UserLinkById } from '../users/user-link-by-id.js';

/** What was sent to one endpoint, and whether it arrived. */
export default function DeliveriesPage() {
  const { id = '' } = useParams();
  const dataProvider = useDataProvider<AdminDataProvider>();
  const refresh = useRefresh();
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Title title="Deliveries" />
      <Box>
        <Link to="/webhooks">All endpoints</Link>
      </Box>
      <PagedCard
        title="Deliveries"
        queryKey={['deliveries', id]}
        read={(cursor) => dataProvider.deliveries(id, cursor)}
        actions={
          <Button
            size="small"
            onClick={() => {
              refresh();
            }}
          >
            Read again
          </Button>
        }
        empty="Nothing was sent to this endpoint yet."
      >
        {(deliveries) => (
          <ScrollingTable
            label="Deliveries"
            columns={['Event', 'State', '#Attempts', 'Last attempt', 'Result', 'Account', '']}
          >
            {deliveries.map((delivery) => (
              <DeliveryRow key={delivery.id} webhookId={id} delivery={delivery} />
            ))}
          </ScrollingTable>
        )}
      </PagedCard>
    </Box>
  );
}

const colors: Record<WebhookDelivery['status'], ChipProps['color']> = {
  queued: 'warning',
  delivered: 'success',
  failed: 'error',
};

function DeliveryRow({ webhookId, delivery }: { webhookId: string; delivery: WebhookDelivery }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { id, type, created_at, status, attempts } = delivery;
  return (
    <TableRow>
      <TableCell sx={{ minWidth: 160 }}>
        {type}
        <Box component="span" sx={{ display: 'block', color: 'text.secondary' }}>
          <Timestamp at={created_at} />
        </Box>
      </TableCell>
      <TableCell>
        <Chip label={status} color={colors[status]} variant="outlined" />
      </TableCell>
      <TableCell align="right">{countText(attempts)}</TableCell>
      <TableCell>
        <Timestamp at={delivery.last_attempt_at} absent="not yet" />
        {delivery.next_attempt_at === null ? null : (
          <Box component="span" sx={{ display: 'block', color: 'text.secondary' }}>
            next <Timestamp at={delivery.next_attempt_at} />
          </Box>
        )}
      </TableCell>
      <TableCell sx={{ minWidth: 160, maxWidth: 320, overflowWrap: 'anywhere' }}>
        {resultText(delivery)}
      </TableCell>
      <TableCell>
        <UserLinkById id={delivery.account_id} />
      </TableCell>
      <TableCell align="right">
        <ActButton
          label="Replay"
          name={`Replay ${type} of ${created_at}`}
          done={() => 'The event is sent again.'}
          act={() => dataProvider.replayDelivery(webhookId, id)}
        />
      </TableCell>
    </TableRow>
  );
}

function resultText({ response_status, error }: WebhookDelivery): string {
  const parts = [response_status === null ? null : `HTTP ${response_status}`, error];
  return parts.filter((part) => part !== null).join(': ') || '—';
}
