import type { MouseEvent } from 'react';
import { Box } from '@mui/material';
import { DataTable, Link, SimpleList, useCreatePath } from 'react-admin';
import { useIsPhone } from '../lists/record-list.js';
import { amountText } from '../look/amount.js';
import { Moment } from '../look/moment.js';
import { Nothing } from '../look/nothing.js';
import { UserLink } from '../look/user-link.js';
import { ChatStatus } from './chat-status.js';
import { chatStatusChoices, type Chat } from './chat.js';

/** The rows of a list of chats: of everybody's, or of one account's. */
export function ChatRows({ of }: { of: 'everybody' | 'user' }) {
  if (useIsPhone()) return <Cards of={of} />;
  return (
    <DataTable<Chat> rowClick="show" bulkActionButtons={false} empty={<Nothing what="chats" />}>
      <DataTable.Col<Chat> source="created_at" label="When" disableSort render={WhenLink} />
      {of === 'user' ? null : (
        <DataTable.Col<Chat>
          source="username"
          label="User"
          disableSort
          render={({ user_id, username }) => <UserLink id={user_id} username={username} />}
        />
      )}
      <DataTable.Col<Chat>
        source="message"
        disableSort
        render={({ message }) => <Excerpt text={message} />}
      />
      <DataTable.Col<Chat> source="model" disableSort />
      <DataTable.Col<Chat>
        source="status"
        disableSort
        render={({ status }) => <ChatStatus status={status} />}
      />
      <DataTable.NumberCol<Chat>
        source="tokens_charged"
        label="Charged"
        disableSort
        render={({ tokens_charged }) => amountText(tokens_charged)}
      />
    </DataTable>
  );
}

function WhenLink({ id, created_at }: Chat) {
  return <ChatLink id={id} at={created_at} />;
}

function ChatLink({ id, at }: { id: string; at: string }) {
  const createPath = useCreatePath();
  return (
    <Link
      to={createPath({ resource: 'chats', type: 'show', id })}
      onClick={(event: MouseEvent) => {
        event.stopPropagation();
      }}
    >
      <Moment at={at} />
    </Link>
  );
}

function Cards({ of }: { of: 'everybody' | 'user' }) {
  return (
    <SimpleList<Chat>
      resource="chats"
      rowClick="show"
      empty={<Nothing what="chats" />}
      primaryText={({ message }) => <Excerpt text={message} />}
      secondaryText={({ username, status, created_at }) => (
        <>
          {of === 'user' ? '' : `${username ?? 'erased account'} · `}
          {chatStatusChoices.find(({ id }) => id === status)?.name} · <Moment at={created_at} />
        </>
      )}
      tertiaryText={({ tokens_charged }) => amountText(tokens_charged)}
    />
  );
}

function Excerpt({ text }: { text: string }) {
  return (
    <Box
      component="span"
      sx={{
        display: '-webkit-box',
        WebkitBoxOrient: 'vertical',
        WebkitLineClamp: 2,
        overflow: 'hidden',
        overflowWrap: 'anywhere',
        maxWidth: 420,
      }}
    >
      {text.slice(0, excerptLength)}
    </Box>
  );
}

/** More than two lines hold. */
const excerptLength = 300;
