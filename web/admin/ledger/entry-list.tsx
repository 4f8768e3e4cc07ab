import { SelectInput } from 'react-admin';
import { RecordList } from '../lists/record-list.js';
import { timeFilter } from '../lists/time-filter.js';
import { userFilter } from '../lists/user-filter.js';
import { EntryRows } from './entry-rows.js';
import { entryKindChoices } from './entry-kinds.js';
import { text } from '../texts/page-texts.js';

const filters = () => [
  userFilter('user'),
  <SelectInput
    key="kind"
    source="kind"
    label={text('column.kind')}
    choices={entryKindChoices()}
    helperText={false}
  />,
  timeFilter(),
];

/** The ledger of all users, read-only. */
export default function EntryList() {
  return (
    <RecordList
      title={text('entries.title')}
      sort={{ field: 'created_at', order: 'DESC' }}
      filters={filters()}
    >
      <EntryRows scope="all" />
    </RecordList>
  );
}
