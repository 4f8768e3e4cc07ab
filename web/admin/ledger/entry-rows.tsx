import { Box } from '@mui/material';
import { DataTable, Link, SimpleList, useCreatePath } from 'react-admin';
import { useIsPhone } from '../lists/record-list.js';
import { alignedCredits, creditNumber } from '../../api/credits.js';
import { SignedAmount } from '../ui/amount.js';
import { actionOf } from '../../api/wallet-texts.js';
import { Timestamp } from '../ui/timestamp.js';
import { EmptyList } from '../ui/empty-list.js';
import { ShortId } from '../ui/short-id.js';
import { UserLink } from '../ui/user-link.js';
import type { ListedEntry } from '../../api/api-objects.js';
import { entryKindText } from './entry-kinds.js';
import { HoldExcess } from './hold-excess.js';
import { text } from '../texts/page-texts.js';

/** The rows of a list of ledger entries, of all users or of one. */
export function EntryRows({ scope }: { scope: 'all' | 'user' }) {
  if (useIsPhone()) return <Cards scope={scope} />;
  return (
    <DataTable<ListedEntry> rowClick={false} bulkActionButtons={false} empty={<EmptyList what="entries" />}>
      <DataTable.Col<ListedEntry>
        source="created_at"
        label={text('column.when')}
        sortByOrder="DESC"
        render={({ created_at }) => <Timestamp at={created_at} />}
      />
      {scope === 'user' ? null : (
        <DataTable.Col<ListedEntry>
          source="username"
          label={text('column.user')}
          disableSort
          render={({ user_id, username }) => <UserLink id={user_id} username={username} />}
        />
      )}
      <DataTable.Col<ListedEntry>
        source="kind"
        label={text('column.kind')}
        disableSort
        render={({ kind }) => entryKindText(kind)}
      />
      <DataTable.Col<ListedEntry>
        align="right"
        source="amount"
        label={text('column.amount')}
        disableSort
        render={({ amount }) => <SignedAmount amount={amount} />}
      />
      <DataTable.Col<ListedEntry>
        align="right"
        source="balance_after"
        label={text('column.balanceAfter')}
        disableSort
        render={({ balance_after }) => alignedCredits(balance_after)}
      />
      <DataTable.Col<ListedEntry>
        label={text('column.details')}
        disableSort
        render={(entry) => <EntryDetails entry={entry} />}
      />
      <DataTable.Col<ListedEntry>
        source="id"
        label={text('column.entry')}
        disableSort
        render={({ id }) => <ShortId id={id} of={text('id.entry')} />}
      />
    </DataTable>
  );
}

function EntryDetails({ entry }: { entry: ListedEntry }) {
  const { chat_id, reason } = entry;
  const createPath = useCreatePath();
  return (
    <Box component="span" sx={{ display: 'block', maxWidth: 360, overflowWrap: 'anywhere' }}>
      {actionOf(entry)}
      {chat_id === null ? null : (
        <Link to={createPath({ resource: 'chats', type: 'show', id: chat_id })}>{text('entry.aChat')}</Link>
      )}
      {chat_id !== null && reason !== null ? ' · ' : null}
      {reason}
      <HoldExcess of={entry} />
    </Box>
  );
}

function Cards({ scope }: { scope: 'all' | 'user' }) {
  return (
    <SimpleList<ListedEntry>
      rowClick={false}
      empty={<EmptyList what="entries" />}
      primaryText={(entry) => (
        <>
          {scope === 'user' ? null : (
            <>
              <UserLink id={entry.user_id} username={entry.username} />
              {' · '}
            </>
          )}
          {entryKindText(entry.kind)}
        </>
      )}
      secondaryText={(entry) => (
        <>
          <Timestamp at={entry.created_at} /> ·{' '}
          {text('entry.left', { balance: creditNumber(entry.balance_after) })}
          <EntryDetails entry={entry} />
        </>
      )}
      tertiaryText={({ amount }) => <SignedAmount amount={amount} />}
    />
  );
}
