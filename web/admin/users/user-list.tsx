import { DataTable, SearchInput, SelectInput, SimpleList } from 'react-admin';
import { RecordList, useIsPhone } from '../lists/record-list.js';
import { SelectedActions } from '../lists/selected-actions.js';
import { timeFilter } from '../lists/time-filter.js';
import { alignedCredits, creditNumber, unitLabel } from '../../api/credits.js';
import { Timestamp } from '../ui/timestamp.js';
import { EmptyList } from '../ui/empty-list.js';
import { TruncatedText } from '../ui/truncated-text.js';
import { UserLink } from '../ui/user-link.js';
import { BulkActions } from './bulk-actions.js';
import type { ListedUser } from '../../api/api-objects.js';
import { roleChoices, statusChoices } from './user-choices.js';
import { RoleChip, StatusChip } from './user-chips.js';
import { text } from '../texts/page-texts.js';

const filters = () => [
  <SearchInput
    key="q"
    source="q"
    placeholder={text('users.searchHint')}
    slotProps={{ htmlInput: { 'aria-label': text('users.search'), spellCheck: false } }}
  />,
  <SelectInput
    key="role"
    source="role"
    label={text('user.role')}
    choices={roleChoices()}
    helperText={false}
  />,
  <SelectInput
    key="status"
    source="status"
    label={text('user.status')}
    choices={statusChoices()}
    helperText={false}
  />,
  timeFilter(text('user.joined')),
];

/** All accounts. */
export default function UserList() {
  return (
    <RecordList title={text('users.title')} sort={{ field: 'created_at', order: 'DESC' }} filters={filters()}>
      {useIsPhone() ? <Cards /> : <Table />}
    </RecordList>
  );
}

function Table() {
  return (
    <DataTable<ListedUser>
      rowClick="show"
      bulkActionsToolbar={
        <SelectedActions>
          <BulkActions />
        </SelectedActions>
      }
      empty={<EmptyList what="users" />}
      hiddenColumns={['held']}
    >
      <DataTable.Col<ListedUser>
        source="username"
        label={text('user.username')}
        render={({ id, username }) => <UserLink id={id} username={username} />}
      />
      <DataTable.Col<ListedUser>
        source="email"
        label={text('user.email')}
        disableSort
        render={({ email }) => (email === null ? '—' : <TruncatedText text={email} />)}
      />
      <DataTable.Col<ListedUser>
        source="role"
        label={text('user.role')}
        disableSort
        render={({ role }) => <RoleChip role={role} />}
      />
      <DataTable.Col<ListedUser>
        source="status"
        label={text('user.status')}
        disableSort
        render={({ status }) => <StatusChip status={status} />}
      />
      <DataTable.Col<ListedUser>
        align="right"
        source="tokens"
        label={unitLabel()}
        render={({ tokens }) => alignedCredits(tokens)}
        sortByOrder="DESC"
      />
      <DataTable.Col<ListedUser>
        align="right"
        source="held"
        label={text('user.held')}
        disableSort
        render={({ held }) => alignedCredits(held)}
      />
      <DataTable.Col<ListedUser>
        source="created_at"
        label={text('user.joined')}
        sortByOrder="DESC"
        render={({ created_at }) => <Timestamp at={created_at} />}
      />
      <DataTable.Col<ListedUser>
        source="last_seen_at"
        label={text('user.lastActive')}
        disableSort
        render={({ last_seen_at }) => <Timestamp at={last_seen_at} absent={text('ui.never')} />}
      />
    </DataTable>
  );
}

function Cards() {
  return (
    <SimpleList<ListedUser>
      rowClick="show"
      empty={<EmptyList what="users" />}
      primaryText={({ username }) => username}
      secondaryText={({ email, role, status }) =>
        [
          email,
          role === 'admin' ? text('role.adminShort') : null,
          status === 'disabled' ? text('status.disabledShort') : null,
        ]
          .filter((part) => part !== null)
          .join(' · ')
      }
      tertiaryText={({ tokens }) => creditNumber(tokens)}
    />
  );
}
