import { AutocompleteInput } from 'react-admin';
import { RecordList } from '../lists/record-list.js';
import { timeFilter } from '../lists/time-filter.js';
import { userFilter } from '../lists/user-filter.js';
import { actionChoices } from './audit-actions.js';
import { AuditRows } from './audit-rows.js';
import { text } from '../texts/page-texts.js';

const filters = () => [
  <AutocompleteInput
    key="action"
    source="action"
    label={text('audit.action')}
    choices={actionChoices()}
    helperText={false}
    sx={{ minWidth: 220 }}
  />,
  userFilter('actor', text('audit.doneBy')),
  userFilter('subject', text('audit.doneTo')),
  timeFilter(),
];

/** The audit log. */
export default function AuditList() {
  return (
    <RecordList title={text('audit.title')} sort={{ field: 'created_at', order: 'DESC' }} filters={filters()}>
      <AuditRows />
    </RecordList>
  );
}
