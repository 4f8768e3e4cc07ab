import { Box } from '@mui/material';
import { DataTable, SimpleList } from 'react-admin';
import { useIsPhone } from '../lists/record-list.js';
import { Moment } from '../look/moment.js';
import { Nothing } from '../look/nothing.js';
import type { AuditEvent } from './audit-event.js';
import { AuditSentence } from './audit-sentence.js';

/** What happened, a sentence each. */
export function AuditRows() {
  if (useIsPhone()) {
    return (
      <SimpleList<AuditEvent>
        rowClick={false}
        empty={<Nothing what="events" />}
        primaryText={(event) => <AuditSentence event={event} />}
        secondaryText={({ created_at, address }) => (
          <>
            <Moment at={created_at} />
            {address === null ? '' : ` · from ${address}`}
          </>
        )}
      />
    );
  }
  return (
    <DataTable<AuditEvent> rowClick={false} bulkActionButtons={false} empty={<Nothing what="events" />}>
      <DataTable.Col<AuditEvent>
        source="created_at"
        label="When"
        disableSort
        render={({ created_at }) => <Moment at={created_at} />}
      />
      <DataTable.Col<AuditEvent>
        label="What happened"
        disableSort
        render={(event) => <AuditSentence event={event} />}
      />
      <DataTable.Col<AuditEvent>
        source="address"
        label="From"
        disableSort
        render={({ address }) => address ?? '—'}
      />
      <DataTable.Col<AuditEvent>
        source="user_agent"
        label="By what program"
        disableSort
        render={({ user_agent }) => <Program name={user_agent} />}
      />
    </DataTable>
  );
}

function Program({ name }: { name: string | null }) {
  return (
    <Box
      component="span"
      title={name ?? ''}
      sx={{
        display: 'block',
        maxWidth: 300,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      }}
    >
      {name ?? '—'}
    </Box>
  );
}
