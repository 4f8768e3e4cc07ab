import { TableCell, TableRow } from '@mui/material';
import { useDataProvider } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { PagedCard } from '../ui/paged-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { TextLink } from '../ui/text-link.js';
import { Timestamp } from '../ui/timestamp.js';
import { conversationPath } from './conversation-path.js';
import { text } from '../texts/page-texts.js';

/** The conversations of a user, each leading to its messages. */
export function ConversationsCard({ user: { id } }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  return (
    <PagedCard
      title={text('conversations.title')}
      queryKey={['conversations', id]}
      read={(cursor) => dataProvider.conversations(id, cursor)}
      empty={text('conversations.none')}
    >
      {(conversations) => (
        <ScrollingTable
          label={text('conversations.title')}
          columns={[text('conversations.name'), text('conversations.last'), text('conversations.begun')]}
        >
          {conversations.map((conversation) => (
            <TableRow key={conversation.id}>
              <TableCell dir="auto" sx={{ minWidth: 180, overflowWrap: 'anywhere' }}>
                <TextLink to={conversationPath(id, conversation.id)}>{conversation.title}</TextLink>
              </TableCell>
              <TableCell>
                <Timestamp at={conversation.updated_at} />
              </TableCell>
              <TableCell>
                <Timestamp at={conversation.created_at} />
              </TableCell>
            </TableRow>
          ))}
        </ScrollingTable>
      )}
    </PagedCard>
  );
}
