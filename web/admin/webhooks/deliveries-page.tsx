import { Box, Button, Chip, TableCell, TableRow, type ChipProps } from '@mui/material';
import { Link, useDataProvider, useRefresh } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { WebhookDelivery } from '../../api/shop-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { ActButton } from '../ui/act-button.js';
import { countText } from '../ui/amount.js';
import { PagedCard } from '../ui/paged-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { Timestamp } from '../ui/timestamp.js';
import { UserLinkById } from '../users/user-link-by-id.js';
import { richText, text } from '../texts/page-texts.js';
import { PageTitle } from '../ui/page-title.js';

/** What was sent to one endpoint, and whether it arrived. */
export default function DeliveriesPage() {
  const { id = '' } = useParams();
  const dataProvider = useDataProvider<AdminDataProvider>();
  const refresh = useRefresh();
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <PageTitle title={text('deliveries.title')} />
      <Box>
        <Link to="/webhooks">{text('deliveries.all')}</Link>
      </Box>
      <PagedCard
        title={text('deliveries.title')}
        queryKey={['deliveries', id]}
        read={(cursor) => dataProvider.deliveries(id, cursor)}
        actions={
          <Button
            size="small"
            onClick={() => {
              refresh();
            }}
          >
            {text('deliveries.readAgain')}
          </Button>
        }
        empty={text('deliveries.none')}
      >
        {(deliveries) => (
          <ScrollingTable
            label={text('deliveries.title')}
            columns={[
              ...[text('deliveries.event'), text('column.state'), `#${text('deliveries.attempts')}`],
              ...[text('deliveries.lastAttempt'), text('deliveries.result'), text('deliveries.account'), ''],
            ]}
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
        <Chip label={text(`delivery.${status}`)} color={colors[status]} variant="outlined" />
      </TableCell>
      <TableCell align="right">{countText(attempts)}</TableCell>
      <TableCell>
        <Timestamp at={delivery.last_attempt_at} absent={text('deliveries.notYet')} />
        {delivery.next_attempt_at === null ? null : (
          <Box component="span" sx={{ display: 'block', color: 'text.secondary' }}>
            {richText('deliveries.next', { moment: <Timestamp at={delivery.next_attempt_at} /> })}
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
          label={text('deliveries.replay')}
          name={text('deliveries.replayNamed', { type, moment: created_at })}
          done={() => text('deliveries.replayed')}
          act={() => dataProvider.replayDelivery(webhookId, id)}
        />
      </TableCell>
    </TableRow>
  );
}

function resultText({ response_status, error }: WebhookDelivery): string {
  const parts = [
    response_status === null ? null : text('deliveries.status', { status: String(response_status) }),
    error,
  ];
  return parts.filter((part) => part !== null).join(': ') || '—';
}
