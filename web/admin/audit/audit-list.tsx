import { AutocompleteInput } from 'react-admin';
import { RecordList } from '../lists/record-list.js';
import { timeFilter } from '../lists/time-filter.js';
import { userFilter } from '../lists/user-filter.js';
import { actionChoices } from './audit-actions.js';
import { AuditRows } from './audit-rows.js';

const filters = [
  <AutocompleteInput
    key="action"
    source="action"
    label="Action"
    choices={actionChoices}
    helperText={false}
    sx={{ minWidth: 220 }}
  />,
  userFilter('actor', 'Done by'),
  userFilter('subject', 'Done to'),
  timeFilter(),
];

/** The audit log. */
export default function AuditList() {
  return (
    <RecordList title="Audit log" sort={{ field: 'id', order: 'DESC' }} filters={filters}>
      <AuditRows />
    </RecordList>
  );
}
