import { Box } from '@mui/material';
import { DataTable, SimpleList } from 'react-admin';
import { useIsPhone } from '../lists/record-list.js';
import { alignedCredits, creditNumber } from '../../api/credits.js';
import { RecordLink } from '../ui/record-link.js';
import { Timestamp } from '../ui/timestamp.js';
import { EmptyList } from '../ui/empty-list.js';
import { UserLink } from '../ui/user-link.js';
import { ErasedText } from './erased-text.js';
import { ChatStatus } from './chat-status.js';
import type { ListedExchange } from '../../api/api-objects.js';
import { chatStatusText } from './chat-statuses.js';
import { text } from '../texts/page-texts.js';

/** The rows of a list of chats, of all users or of one. */
export function ChatRows({ scope }: { scope: 'all' | 'user' }) {
  if (useIsPhone()) return <Cards scope={scope} />;
  return (
    <DataTable<ListedExchange> rowClick="show" bulkActionButtons={false} empty={<EmptyList what="chats" />}>
      <DataTable.Col<ListedExchange>
        source="created_at"
        label={text('column.when')}
        sortByOrder="DESC"
        render={LinkedTime}
      />
      {scope === 'user' ? null : (
        <DataTable.Col<ListedExchange>
          source="username"
          label={text('column.user')}
          disableSort
          render={({ user_id, username }) => <UserLink id={user_id} username={username} />}
        />
      )}
      <DataTable.Col<ListedExchange>
        source="message"
        label={text('column.message')}
        disableSort
        render={MessageCell}
      />
      <DataTable.Col<ListedExchange> source="model" label={text('column.model')} disableSort />
      <DataTable.Col<ListedExchange>
        source="status"
        label={text('column.status')}
        disableSort
        render={({ status }) => <ChatStatus status={status} />}
      />
      <DataTable.Col<ListedExchange>
        align="right"
        source="tokens_charged"
        label={text('column.charged')}
        disableSort
        render={({ tokens_charged }) => alignedCredits(tokens_charged)}
      />
    </DataTable>
  );
}

function LinkedTime({ id, created_at }: ListedExchange) {
  return <RecordLink resource="chats" id={id} at={created_at} />;
}

function Cards({ scope }: { scope: 'all' | 'user' }) {
  return (
    <SimpleList<ListedExchange>
      resource="chats"
      rowClick="show"
      empty={<EmptyList what="chats" />}
      primaryText={MessageCell}
      secondaryText={({ username, status, created_at }) => (
        <>
          {scope === 'user' ? '' : `${username ?? text('user.erased')} · `}
          {chatStatusText(status)} · <Timestamp at={created_at} />
        </>
      )}
      tertiaryText={({ tokens_charged }) => creditNumber(tokens_charged)}
    />
  );
}

function MessageCell({ erased, message }: ListedExchange) {
  return erased ? <ErasedText /> : <Excerpt of={message} />;
}

function Excerpt({ of: whole }: { of: string }) {
  return (
    <Box
      component="span"
      sx={{
        display: '-webkit-box',
        WebkitBoxOrient: 'vertical',
        WebkitLineClamp: 2,
        overflow: 'hidden',
        overflowWrap: 'anywhere',
        minWidth: { sm: 220 },
        maxWidth: 420,
      }}
    >
      {whole.slice(0, excerptLength)}
    </Box>
  );
}

/** More characters than fit in two lines. */
const excerptLength = 300;
