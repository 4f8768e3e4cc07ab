import { Alert, Box, Button, TableCell, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { Link, Title, useDataProvider } from 'react-admin';
import type { CreatedWebhook, Webhook, WebhookTest } from '../../api/shop-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { ActButton } from '../ui/act-button.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { QueryCard } from '../ui/query-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { Timestamp } from '../ui/timestamp.js';
import { NewSecret } from './new-secret.js';
import { WebhookDialog } from './webhook-dialog.js';
import { WebhookState } from './webhook-state.js';

/** The endpoints of other programs that receive events. */
export default function WebhooksPage() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  const [created, setCreated] = useState<CreatedWebhook | null>(null);
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Title title="Webhooks" />
      {created === null ? null : (
        <NewSecret
          created={created}
          onClose={() => {
            setCreated(null);
          }}
        />
      )}
      <QueryCard
        title="Webhooks"
        queryKey={['webhooks']}
        read={() => dataProvider.webhooks()}
        actions={
          <Button
            size="small"
            onClick={() => {
              setIsOpen(true);
            }}
          >
            Create an endpoint
          </Button>
        }
      >
        {(webhooks) =>
          webhooks.length === 0 ? (
            <Typography color="text.secondary">
              There are no endpoints yet. Each one receives an event when a balance is low, when an order is
              paid, and at other times that you choose.
            </Typography>
          ) : (
            <>
              {webhooks.some(({ disabled_by }) => disabled_by === 'failures') ? (
                <Alert severity="warning" sx={{ mb: 1 }}>
                  An endpoint has failed too often and is disabled. What happens is kept for 7 days, and sent
                  as soon as it is enabled.
                </Alert>
              ) : null}
              <ScrollingTable label="Webhooks" columns={['Address', 'State', 'Events', '']}>
                {webhooks.map((webhook) => (
                  <WebhookRow key={webhook.id} webhook={webhook} onCreated={setCreated} />
                ))}
              </ScrollingTable>
            </>
          )
        }
      </QueryCard>
      {isOpen ? (
        <WebhookDialog
          webhook={null}
          onCreated={setCreated}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      ) : null}
    </Box>
  );
}

interface WebhookRowProps {
  webhook: Webhook;
  onCreated: (created: CreatedWebhook) => void;
}

function WebhookRow({ webhook, onCreated }: WebhookRowProps) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  const { id, url, types, created_at, enabled } = webhook;
  return (
    <TableRow>
      <TableCell sx={{ minWidth: 220, maxWidth: 360, overflowWrap: 'anywhere' }}>
        <Link to={`/webhooks/${id}`}>{url}</Link>
        <Box component="span" sx={{ display: 'block', color: 'text.secondary' }}>
          <Timestamp at={created_at} />
        </Box>
      </TableCell>
      <TableCell>
        <WebhookState webhook={webhook} />
      </TableCell>
      <TableCell sx={{ minWidth: 180 }}>{types.join(', ')}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        <ActButton
          label="Test"
          name={`Send a test to ${url}`}
          done={testText}
          act={() => dataProvider.testWebhook(id)}
        />
        <Button
          size="small"
          aria-label={`Change the endpoint ${url}`}
          onClick={() => {
            setIsOpen(true);
          }}
        >
          Change
        </Button>
        <ActButton
          label={enabled ? 'Disable' : 'Enable'}
          name={`${enabled ? 'Disable' : 'Enable'} the endpoint ${url}`}
          done={() => (enabled ? 'The endpoint is disabled.' : 'The endpoint is active.')}
          act={() => dataProvider.changeWebhook(id, { enabled: !enabled })}
        />
        <ConfirmButton
          label="Remove"
          name={`Remove the endpoint ${url}`}
          title="Remove this endpoint?"
          content={`${url} receives no more events, and the record of its deliveries is removed.`}
          done="The endpoint was removed."
          act={() => dataProvider.removeWebhook(id)}
        />
        {isOpen ? (
          <WebhookDialog
            webhook={webhook}
            onCreated={onCreated}
            onClose={() => {
              setIsOpen(false);
            }}
          />
        ) : null}
      </TableCell>
    </TableRow>
  );
}

/** How the receiver responded to a test; throws if it did not accept it. */
function testText({ delivered, status, error }: WebhookTest): string {
  if (delivered) return `The receiver accepted the test with status ${status ?? ''}.`;
  throw new Error(
    status === null
      ? `The test was not delivered: ${error ?? 'there was no response.'}`
      : `The receiver rejected the test with status ${status}.`,
  );
}
