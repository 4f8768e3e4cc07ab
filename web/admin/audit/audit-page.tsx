import { Box, Card, CardContent, TableCell, TableRow } from '@mui/material';
import { ShowBase } from 'react-admin';
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
import { text } from '../texts/page-texts.js';
import { PageTitle } from '../ui/page-title.js';

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
      <PageTitle title={text('audit.eventTitle')} />
      <Card>
        <CardContent>
          <Box sx={{ mb: 2, fontSize: '1.05rem', overflowWrap: 'anywhere' }}>
            <AuditSentence event={event} />
          </Box>
          <DetailList>
            <Detail name={text('column.when')}>
              <Timestamp at={event.created_at} />
            </Detail>
            {details?.amount == null ? null : (
              <Detail name={text('column.amount')}>
                <SignedAmount amount={details.amount} />
              </Detail>
            )}
            {details?.reason == null ? null : <Detail name={text('adjust.reason')}>{details.reason}</Detail>}
            <Detail name={text('audit.from')}>{event.address ?? text('ui.unknown')}</Detail>
            <Detail name={text('audit.client')}>{event.user_agent ?? text('ui.unknown')}</Detail>
            {event.subject_id === null ? null : (
              <Detail name={text('audit.about')}>
                <ShortId id={event.subject_id} of={text('id.about')} />
              </Detail>
            )}
            <Detail name={text('user.id')}>
              <ShortId id={event.id} of={text('id.event')} />
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
        <ScrollingTable
          label={text('audit.changes')}
          columns={[text('audit.field'), text('audit.before'), text('audit.after')]}
        >
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
