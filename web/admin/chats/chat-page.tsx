import { Alert, Box, Card, CardContent, Typography } from '@mui/material';
import { ShowBase, Title } from 'react-admin';
import { creditAmount } from '../../api/credits.js';
import { countText } from '../ui/amount.js';
import { Detail, DetailList } from '../ui/details.js';
import { Timestamp } from '../ui/timestamp.js';
import { useRecordQuery } from '../ui/use-record-query.js';
import { useShownRecord } from '../ui/use-shown-record.js';
import { conversationPath } from '../conversations/conversation-path.js';
import { LoadError, Loading } from '../ui/loading-and-error.js';
import { ShortId } from '../ui/short-id.js';
import { TextLink } from '../ui/text-link.js';
import { UserLink } from '../ui/user-link.js';
import type { ListedExchange } from '../../api/api-objects.js';
import { statusDescriptions } from './chat-statuses.js';
import { ChatCharge } from './chat-charge.js';
import { ChatStatus } from './chat-status.js';

/** One message, its reply, and what it cost. */
export default function ChatPage() {
  return (
    <ShowBase queryOptions={useRecordQuery('chats')}>
      <Content />
    </ShowBase>
  );
}

function Content() {
  const { record: chat, error } = useShownRecord<ListedExchange>();
  if (error != null) return <LoadError error={error} />;
  if (chat === undefined) return <Loading />;
  return (
    <Box sx={{ display: 'grid', gap: 2, mt: 2, gridTemplateColumns: 'minmax(0, 1fr)', maxWidth: 980 }}>
      <Title title="Chat" />
      <Card>
        <CardContent>
          <DetailList>
            <Detail name="User">
              <UserLink id={chat.user_id} username={chat.username} />
            </Detail>
            <Detail name="When">
              <Timestamp at={chat.created_at} />
            </Detail>
            <Detail name="Model">{chat.model}</Detail>
            <Detail name="Status">
              <ChatStatus status={chat.status} />
            </Detail>
            {chat.incomplete && <Detail name="Reply">incomplete</Detail>}
            <Detail name="Charged">{creditAmount(chat.tokens_charged)}</Detail>
            <Detail name="Tokens counted by the model">
              {chat.usage === null
                ? 'unknown'
                : `${countText(chat.usage.input_tokens)} in, ${countText(chat.usage.output_tokens)} out`}
            </Detail>
            <Detail name="Id">
              <ShortId id={chat.id} of="this chat" />
            </Detail>
            <Detail name="Conversation">
              {chat.conversation_id === null ? (
                'none'
              ) : (
                <TextLink to={conversationPath(chat.user_id, chat.conversation_id)}>
                  All its messages
                </TextLink>
              )}
            </Detail>
          </DetailList>
          <Typography color="text.secondary" sx={{ mt: 2 }}>
            {statusDescriptions[chat.status]}
          </Typography>
          <ChatCharge chat={chat} />
        </CardContent>
      </Card>
      {chat.erased ? (
        <Alert severity="info">
          The texts of this chat were erased, by the user or with the account. What it cost stays.
        </Alert>
      ) : (
        <>
          <TextCard title="Message" text={chat.message} />
          <TextCard title="Reply" text={chat.response} />
        </>
      )}
      {chat.tool_calls?.map(({ id, function: { name, arguments: json } }) => (
        <TextCard key={id} title={`Tool call: ${name}`} text={json} />
      ))}
    </Box>
  );
}

/** A text without any formatting, so that markup in it has no effect. */
function TextCard({ title, text }: { title: string; text: string | null }) {
  return (
    <Card component="section" aria-label={title}>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          {title}
        </Typography>
        {text === null || text === '' ? (
          <Typography color="text.secondary">None.</Typography>
        ) : (
          <Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {text}
          </Typography>
        )}
      </CardContent>
    </Card>
  );
}
