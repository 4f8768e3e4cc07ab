import { Alert, Box, Button, TableCell, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider } from 'react-admin';
import type { CreatedServiceKey, ServiceKey } from '../../api/api-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { QueryCard } from '../ui/query-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { Timestamp } from '../ui/timestamp.js';
import { CreateServiceKeyDialog } from './create-service-key-dialog.js';
import { scopeText } from './scope-texts.js';
import { text } from '../texts/page-texts.js';
import { PageTitle } from '../ui/page-title.js';

/** The keys of programs that meter accounts, change balances or read what administrators read. */
export default function ServiceKeysPage() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  const [created, setCreated] = useState<CreatedServiceKey | null>(null);
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <PageTitle title={text('serviceKeys.title')} />
      {created === null ? null : (
        <NewKey
          created={created}
          onClose={() => {
            setCreated(null);
          }}
        />
      )}
      <QueryCard
        title={text('serviceKeys.title')}
        queryKey={['serviceKeys']}
        read={() => dataProvider.serviceKeys()}
        actions={
          <Button
            size="small"
            onClick={() => {
              setIsOpen(true);
            }}
          >
            {text('serviceKeys.create')}
          </Button>
        }
      >
        {(keys) =>
          keys.length === 0 ? (
            <Typography color="text.secondary">{text('serviceKeys.none')}</Typography>
          ) : (
            <ScrollingTable
              label={text('serviceKeys.title')}
              columns={[
                ...[text('column.name'), text('serviceKeys.key'), text('serviceKeys.may')],
                ...[
                  text('serviceKeys.created'),
                  text('serviceKeys.expires'),
                  text('serviceKeys.lastUsed'),
                  '',
                ],
              ]}
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
      <TableCell sx={{ minWidth: 180 }}>{key.scopes.map(scopeText).join(', ')}</TableCell>
      <TableCell>
        <Timestamp at={key.created_at} />
      </TableCell>
      <TableCell>
        <Timestamp at={key.expires_at} absent={text('ui.never')} />
      </TableCell>
      <TableCell>
        <Timestamp at={key.last_used_at} absent={text('ui.never')} />
      </TableCell>
      <TableCell align="right">
        <ConfirmButton
          label={text('ui.remove')}
          name={text('serviceKeys.removeNamed', { name: key.name })}
          title={text('serviceKeys.removeTitle', { name: key.name })}
          content={text('serviceKeys.removeAbout')}
          done={text('serviceKeys.removed')}
          act={() => dataProvider.removeServiceKey(key.id)}
        />
      </TableCell>
    </TableRow>
  );
}

function NewKey({ created, onClose }: { created: CreatedServiceKey; onClose: () => void }) {
  return (
    <Alert severity="success" variant="outlined">
      <Typography>{text('serviceKeys.new', { name: created.name })}</Typography>
      <Box component="code" sx={{ userSelect: 'all', overflowWrap: 'anywhere' }}>
        {created.key}
      </Box>
      <Box sx={{ mt: 1 }}>
        <Button size="small" variant="outlined" onClick={onClose}>
          {text('ui.iHaveCopied')}
        </Button>
      </Box>
    </Alert>
  );
}
