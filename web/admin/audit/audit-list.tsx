import { AutocompleteInput } from 'react-admin';
import { RecordList } from '../lists/record-list.js';
import { timeFilters } from '../lists/time-filters.js';
import { userFilter } from '../lists/user-filter.js';
import { actionChoices } from './audit-event.js';
import { AuditRows } from './audit-rows.js';

const filters = [
  <AutocompleteInput
    key="action"
    source="action"
    label="What happened"
    choices={actionChoices}
    helperText={false}
    sx={{ minWidth: 220 }}
  />,
  userFilter('actor', 'Who did it'),
  userFilter('subject', 'To whom'),
  ...timeFilters(),
];

/** Who did what to whom, when, and from where. */
export function AuditList() {
  return (
    <RecordList title="Audit log" sort={{ field: 'id', order: 'DESC' }} filters={filters}>
      <AuditRows />
    </RecordList>
  );
}
