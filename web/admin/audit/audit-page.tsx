import { Box, Card, CardContent, TableCell, TableRow } from '@mui/material';
import { ShowBase, Title } from 'react-admin';
import type { ListedAuditEvent } from '../../api/api-objects.js';
import { SignedAmount } from '../ui/amount.js';
import { Detail, DetailList } from '../ui/details.js';
import { LoadError, Loading } from '../ui/loading-and-error.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { ShortId } from '../ui/short-id.js';
import { Timestamp } from '../ui/timestamp.js';
import { useRecordQuery } from '../ui/use-record-query.js';
import { useShownRecord } from '../ui/use-shown-record.js';
import { AuditSentence } from './audit-sentence.js';
import { fieldName, valueText, type AuditDetails } from './audit-values.js';

/** One event of the audit log: who, what, from where, and what was changed. */
export default function AuditPage() {
  return (
    <ShowBase queryOptions={useRecordQuery('audit')}>
      <Content />
    </ShowBase>
  );
}

function Content() {
  const { record: event, error } = useShownRecord<ListedAuditEvent>();
  if (error != null) return <LoadError error={error} />;
  if (event === undefined) return <Loading />;
  const { details } = event;
  return (
    <Box sx={{ display: 'grid', gap: 2, mt: 2, gridTemplateColumns: 'minmax(0, 1fr)', maxWidth: 980 }}>
      <Title title="Audit event" />
      <Card>
        <CardContent>
          <Box sx={{ mb: 2, fontSize: '1.05rem', overflowWrap: 'anywhere' }}>
            <AuditSentence event={event} />
          </Box>
          <DetailList>
            <Detail name="When">
              <Timestamp at={event.created_at} />
            </Detail>
            {details?.amount == null ? null : (
              <Detail name="Amount">
                <SignedAmount amount={details.amount} />
              </Detail>
            )}
            {details?.reason == null ? null : <Detail name="Reason">{details.reason}</Detail>}
            <Detail name="From">{event.address ?? 'unknown'}</Detail>
            <Detail name="Client">{event.user_agent ?? 'unknown'}</Detail>
            {event.subject_id === null ? null : (
              <Detail name="About">
                <ShortId id={event.subject_id} of="what it is about" />
              </Detail>
            )}
            <Detail name="Id">
              <ShortId id={event.id} of="this event" />
            </Detail>
          </DetailList>
        </CardContent>
      </Card>
      {details === null || details.changes.length === 0 ? null : <Changes details={details} />}
    </Box>
  );
}

function Changes({ details }: { details: AuditDetails }) {
  return (
    <Card>
      <CardContent>
        <ScrollingTable label="Changes" columns={['Field', 'Before', 'After']}>
          {details.changes.map(({ field, before, after }) => (
            <TableRow key={field}>
              <TableCell component="th" scope="row">
                {fieldName(field)}
              </TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>{valueText(field, before, details)}</TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>{valueText(field, after, details)}</TableCell>
            </TableRow>
          ))}
        </ScrollingTable>
      </CardContent>
    </Card>
  );
}
