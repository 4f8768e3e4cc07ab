import { Box } from '@mui/material';
import { DataTable, Link, SimpleList, useCreatePath } from 'react-admin';
import { useIsPhone } from '../lists/record-list.js';
import { amountText, SignedAmount } from '../look/amount.js';
import { Moment } from '../look/moment.js';
import { Nothing } from '../look/nothing.js';
import { ShortId } from '../look/short-id.js';
import { UserLink } from '../look/user-link.js';
import { entryKindChoices, type Entry } from './entry.js';

const kindOf = ({ kind }: Entry) => entryKindChoices.find(({ id }) => id === kind)?.name ?? kind;

/** The lines of a ledger: the whole one, or one account's. */
export function EntryRows({ of }: { of: 'everybody' | 'user' }) {
  if (useIsPhone()) return <Cards of={of} />;
  return (
    <DataTable<Entry> rowClick={false} bulkActionButtons={false} empty={<Nothing what="entries" />}>
      <DataTable.Col<Entry>
        source="created_at"
        label="When"
        disableSort
        render={({ created_at }) => <Moment at={created_at} />}
      />
      {of === 'user' ? null : (
        <DataTable.Col<Entry>
          source="username"
          label="User"
          disableSort
          render={({ user_id, username }) => <UserLink id={user_id} username={username} />}
        />
      )}
      <DataTable.Col<Entry> source="kind" disableSort render={kindOf} />
      <DataTable.NumberCol<Entry>
        source="amount"
        disableSort
        render={({ amount }) => <SignedAmount amount={amount} />}
      />
      <DataTable.NumberCol<Entry>
        source="balance_after"
        label="Balance after"
        disableSort
        render={({ balance_after }) => amountText(balance_after)}
      />
      <DataTable.Col<Entry> label="What for" disableSort render={(entry) => <WhatFor entry={entry} />} />
      <DataTable.Col<Entry>
        source="id"
        label="Entry"
        disableSort
        render={({ id }) => <ShortId id={id} of="this entry" />}
      />
    </DataTable>
  );
}

function WhatFor({ entry: { chat_id, reason } }: { entry: Entry }) {
  const createPath = useCreatePath();
  return (
    <Box component="span" sx={{ display: 'block', maxWidth: 360, overflowWrap: 'anywhere' }}>
      {chat_id === null ? null : (
        <Link to={createPath({ resource: 'chats', type: 'show', id: chat_id })}>a chat</Link>
      )}
      {chat_id !== null && reason !== null ? ' · ' : null}
      {reason}
    </Box>
  );
}

function Cards({ of }: { of: 'everybody' | 'user' }) {
  return (
    <SimpleList<Entry>
      rowClick={false}
      empty={<Nothing what="entries" />}
      primaryText={(entry) => (
        <>
          {of === 'user' ? null : (
            <>
              <UserLink id={entry.user_id} username={entry.username} />
              {' · '}
            </>
          )}
          {kindOf(entry)}
        </>
      )}
      secondaryText={(entry) => (
        <>
          <Moment at={entry.created_at} /> · {amountText(entry.balance_after)} left
          <WhatFor entry={entry} />
        </>
      )}
      tertiaryText={({ amount }) => <SignedAmount amount={amount} />}
    />
  );
}
