import { Alert, Box, Button, TableCell, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { Link, useDataProvider } from 'react-admin';
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
import { text } from '../texts/page-texts.js';
import { PageTitle } from '../ui/page-title.js';

/** The endpoints of other programs that receive events. */
export default function WebhooksPage() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  const [created, setCreated] = useState<CreatedWebhook | null>(null);
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <PageTitle title={text('webhooks.title')} />
      {created === null ? null : (
        <NewSecret
          created={created}
          onClose={() => {
            setCreated(null);
          }}
        />
      )}
      <QueryCard
        title={text('webhooks.title')}
        queryKey={['webhooks']}
        read={() => dataProvider.webhooks()}
        actions={
          <Button
            size="small"
            onClick={() => {
              setIsOpen(true);
            }}
          >
            {text('webhooks.create')}
          </Button>
        }
      >
        {(webhooks) =>
          webhooks.length === 0 ? (
            <Typography color="text.secondary">{text('webhooks.none')}</Typography>
          ) : (
            <>
              {webhooks.some(({ disabled_by }) => disabled_by === 'failures') ? (
                <Alert severity="warning" sx={{ mb: 1 }}>
                  {text('webhooks.hasFailed')}
                </Alert>
              ) : null}
              <ScrollingTable
                label={text('webhooks.title')}
                columns={[text('webhooks.address'), text('column.state'), text('webhooks.events'), '']}
              >
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
          label={text('webhooks.test')}
          name={text('webhooks.testNamed', { url })}
          done={testText}
          act={() => dataProvider.testWebhook(id)}
        />
        <Button
          size="small"
          aria-label={text('webhooks.changeNamed', { url })}
          onClick={() => {
            setIsOpen(true);
          }}
        >
          {text('webhooks.change')}
        </Button>
        <ActButton
          label={text(enabled ? 'webhooks.disable' : 'webhooks.enable')}
          name={text(enabled ? 'webhooks.disableNamed' : 'webhooks.enableNamed', { url })}
          done={() => text(enabled ? 'webhooks.disabled' : 'webhooks.enabled')}
          act={() => dataProvider.changeWebhook(id, { enabled: !enabled })}
        />
        <ConfirmButton
          label={text('ui.remove')}
          name={text('webhooks.removeNamed', { url })}
          title={text('webhooks.removeTitle')}
          content={text('webhooks.removeAbout', { url })}
          done={text('webhooks.removed')}
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
  if (delivered) return text('webhooks.accepted', { status: String(status) });
  throw new Error(
    status === null
      ? text('webhooks.notDelivered', { reason: error ?? text('webhooks.noResponse') })
      : text('webhooks.rejected', { status: String(status) }),
  );
}
