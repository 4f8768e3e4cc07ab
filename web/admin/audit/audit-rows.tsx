import { Box } from '@mui/material';
import { DataTable, SimpleList } from 'react-admin';
import { useIsPhone } from '../lists/record-list.js';
import { RecordLink } from '../ui/record-link.js';
import { EmptyList } from '../ui/empty-list.js';
import type { ListedAuditEvent } from '../../api/api-objects.js';
import { AuditSentence } from './audit-sentence.js';
import { AuditSummary } from './audit-summary.js';
import { text } from '../texts/page-texts.js';

/** The rows of the audit log, one sentence per event. */
export function AuditRows() {
  if (useIsPhone()) {
    return (
      <SimpleList<ListedAuditEvent>
        rowClick={false}
        empty={<EmptyList what="events" />}
        primaryText={(event) => <AuditSentence event={event} />}
        secondaryText={({ id, created_at, address, details }) => (
          <>
            <AuditSummary details={details} />
            <RecordLink resource="audit" id={id} at={created_at} />
            {address === null ? null : <> · {text('audit.fromAddress', { address })}</>}
          </>
        )}
      />
    );
  }
  return (
    <DataTable<ListedAuditEvent>
      rowClick="show"
      bulkActionButtons={false}
      empty={<EmptyList what="events" />}
    >
      <DataTable.Col<ListedAuditEvent>
        source="created_at"
        label={text('column.when')}
        sortByOrder="DESC"
        render={({ id, created_at }) => <RecordLink resource="audit" id={id} at={created_at} />}
      />
      <DataTable.Col<ListedAuditEvent>
        label={text('audit.event')}
        disableSort
        render={(event) => (
          <>
            <AuditSentence event={event} />
            <AuditSummary details={event.details} />
          </>
        )}
      />
      <DataTable.Col<ListedAuditEvent>
        source="address"
        label={text('audit.from')}
        disableSort
        render={({ address }) => address ?? '—'}
      />
      <DataTable.Col<ListedAuditEvent>
        source="user_agent"
        label={text('audit.client')}
        disableSort
        render={({ user_agent }) => <Client name={user_agent} />}
      />
    </DataTable>
  );
}

function Client({ name }: { name: string | null }) {
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
