import { DataTable, SearchInput, SelectInput, SimpleList } from 'react-admin';
import { RecordList, useIsPhone } from '../lists/record-list.js';
import { timeFilters } from '../lists/time-filters.js';
import { amountText } from '../look/amount.js';
import { Moment } from '../look/moment.js';
import { Nothing } from '../look/nothing.js';
import { OneLine } from '../look/one-line.js';
import { UserLink } from '../look/user-link.js';
import { BulkActions } from './bulk-actions.js';
import { roleChoices, statusChoices, type User } from './user.js';
import { RoleChip, StatusChip } from './user-chips.js';

const filters = [
  <SearchInput
    key="q"
    source="q"
    placeholder="Username or email"
    slotProps={{ htmlInput: { 'aria-label': 'Search by username or email', spellCheck: false } }}
  />,
  <SelectInput key="role" source="role" choices={roleChoices} helperText={false} />,
  <SelectInput key="status" source="status" choices={statusChoices} helperText={false} />,
  ...timeFilters('Joined from', 'Joined before'),
];

/** Every account. */
export function UserList() {
  return (
    <RecordList title="Users" sort={{ field: 'created_at', order: 'DESC' }} filters={filters}>
      {useIsPhone() ? <Cards /> : <Table />}
    </RecordList>
  );
}

function Table() {
  return (
    <DataTable<User>
      rowClick="show"
      bulkActionButtons={<BulkActions />}
      empty={<Nothing what="users" />}
      hiddenColumns={['held']}
    >
      <DataTable.Col<User>
        source="username"
        render={({ id, username }) => <UserLink id={id} username={username} />}
      />
      <DataTable.Col<User>
        source="email"
        disableSort
        render={({ email }) => (email === null ? '—' : <OneLine text={email} />)}
      />
      <DataTable.Col<User> source="role" disableSort render={({ role }) => <RoleChip role={role} />} />
      <DataTable.Col<User>
        source="status"
        disableSort
        render={({ status }) => <StatusChip status={status} />}
      />
      <DataTable.NumberCol<User>
        source="tokens"
        render={({ tokens }) => amountText(tokens)}
        sortByOrder="DESC"
      />
      <DataTable.NumberCol<User> source="held" disableSort render={({ held }) => amountText(held)} />
      <DataTable.Col<User>
        source="created_at"
        label="Joined"
        sortByOrder="DESC"
        render={({ created_at }) => <Moment at={created_at} />}
      />
      <DataTable.Col<User>
        source="last_signed_in_at"
        label="Last sign-in"
        disableSort
        render={({ last_signed_in_at }) => <Moment at={last_signed_in_at} />}
      />
    </DataTable>
  );
}

function Cards() {
  return (
    <SimpleList<User>
      rowClick="show"
      empty={<Nothing what="users" />}
      primaryText={({ username }) => username}
      secondaryText={({ email, role, status }) =>
        [email, role === 'admin' ? 'administrator' : null, status === 'disabled' ? 'disabled' : null]
          .filter((part) => part !== null)
          .join(' · ')
      }
      tertiaryText={({ tokens }) => amountText(tokens)}
    />
  );
}
