import { Alert, Box, Button, TableCell, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { Title, useDataProvider } from 'react-admin';
import type { CreatedServiceKey, ServiceKey } from '../../api/api-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { QueryCard } from '../ui/query-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { Timestamp } from '../ui/timestamp.js';
import { CreateServiceKeyDialog } from './create-service-key-dialog.js';
import { scopeTexts } from './scope-texts.js';

/** The keys of programs that meter accounts, change balances or read what administrators read. */
export default function ServiceKeysPage() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  const [created, setCreated] = useState<CreatedServiceKey | null>(null);
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Title title="Service keys" />
      {created === null ? null : (
        <NewKey
          created={created}
          onClose={() => {
            setCreated(null);
          }}
        />
      )}
      <QueryCard
        title="Service keys"
        queryKey={['serviceKeys']}
        read={() => dataProvider.serviceKeys()}
        actions={
          <Button
            size="small"
            onClick={() => {
              setIsOpen(true);
            }}
          >
            Create a key
          </Button>
        }
      >
        {(keys) =>
          keys.length === 0 ? (
            <Typography color="text.secondary">
              There are no service keys yet. With one, a program can charge accounts for what it does for
              them.
            </Typography>
          ) : (
            <ScrollingTable
              label="Service keys"
              columns={['Name', 'Key', 'May', 'Created', 'Expires', 'Last used', '']}
            >
              {keys.map((key) => (
                <KeyRow key={key.id} serviceKey={key} />
              ))}
            </ScrollingTable>
          )
        }
      </QueryCard>
      {isOpen ? (
        <CreateServiceKeyDialog
          onCreated={setCreated}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      ) : null}
    </Box>
  );
}

function KeyRow({ serviceKey: key }: { serviceKey: ServiceKey }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  return (
    <TableRow>
      <TableCell sx={{ overflowWrap: 'anywhere', minWidth: 140 }}>{key.name}</TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        <code>…{key.last_characters}</code>
      </TableCell>
      <TableCell sx={{ minWidth: 180 }}>{key.scopes.map((scope) => scopeTexts[scope]).join(', ')}</TableCell>
      <TableCell>
        <Timestamp at={key.created_at} />
      </TableCell>
      <TableCell>
        <Timestamp at={key.expires_at} absent="never" />
      </TableCell>
      <TableCell>
        <Timestamp at={key.last_used_at} absent="never" />
      </TableCell>
      <TableCell align="right">
        <ConfirmButton
          label="Remove"
          name={`Remove the key ${key.name}`}
          title={`Remove the key ${key.name}?`}
          content="Programs that use it stop working at once. What they hold stays until it is settled, released or expires."
          done="The key was removed."
          act={() => dataProvider.removeServiceKey(key.id)}
        />
      </TableCell>
    </TableRow>
  );
}

function NewKey({ created, onClose }: { created: CreatedServiceKey; onClose: () => void }) {
  return (
    <Alert severity="success" variant="outlined">
      <Typography>This is the key {created.name}. Copy it now: it is not shown again.</Typography>
      <Box component="code" sx={{ userSelect: 'all', overflowWrap: 'anywhere' }}>
        {created.key}
      </Box>
      <Box sx={{ mt: 1 }}>
        <Button size="small" variant="outlined" onClick={onClose}>
          I have copied it
        </Button>
      </Box>
    </Alert>
  );
}
