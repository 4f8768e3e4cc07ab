import { Alert, Box, Card, CardContent, Typography } from '@mui/material';
import { ShowBase } from 'react-admin';
import { creditAmount } from '../../api/credits.js';
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
import { ChatCharge } from './chat-charge.js';
import { ChatStatus } from './chat-status.js';
import { text } from '../texts/page-texts.js';
import { PageTitle } from '../ui/page-title.js';

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
      <PageTitle title={text('chat.title')} />
      <Card>
        <CardContent>
          <DetailList>
            <Detail name={text('column.user')}>
              <UserLink id={chat.user_id} username={chat.username} />
            </Detail>
            <Detail name={text('column.when')}>
              <Timestamp at={chat.created_at} />
            </Detail>
            <Detail name={text('column.model')}>{chat.model}</Detail>
            <Detail name={text('column.status')}>
              <ChatStatus status={chat.status} />
            </Detail>
            {chat.incomplete && <Detail name={text('chat.reply')}>{text('chat.incomplete')}</Detail>}
            <Detail name={text('column.charged')}>{creditAmount(chat.tokens_charged)}</Detail>
            <Detail name={text('chat.counted')}>
              {chat.usage === null
                ? text('ui.unknown')
                : text('chat.inAndOut', { input: chat.usage.input_tokens, output: chat.usage.output_tokens })}
            </Detail>
            <Detail name={text('user.id')}>
              <ShortId id={chat.id} of={text('id.chat')} />
            </Detail>
            <Detail name={text('chat.conversation')}>
              {chat.conversation_id === null ? (
                text('chat.noConversation')
              ) : (
                <TextLink to={conversationPath(chat.user_id, chat.conversation_id)}>
                  {text('chat.allMessages')}
                </TextLink>
              )}
            </Detail>
          </DetailList>
          <Typography color="text.secondary" sx={{ mt: 2 }}>
            {text(`chatStatus.about.${chat.status}`)}
          </Typography>
          <ChatCharge chat={chat} />
        </CardContent>
      </Card>
      {chat.erased ? (
        <Alert severity="info">{text('chat.erased')}</Alert>
      ) : (
        <>
          <TextCard title={text('column.message')} content={chat.message} />
          <TextCard title={text('chat.reply')} content={chat.response} />
        </>
      )}
      {chat.tool_calls?.map(({ id, function: { name, arguments: json } }) => (
        <TextCard key={id} title={text('chat.toolCall', { name })} content={json} />
      ))}
    </Box>
  );
}

/** A text without any formatting, so that markup in it has no effect. */
function TextCard({ title, content }: { title: string; content: string | null }) {
  return (
    <Card component="section" aria-label={title}>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          {title}
        </Typography>
        {content === null || content === '' ? (
          <Typography color="text.secondary">{text('chat.none')}</Typography>
        ) : (
          <Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {content}
          </Typography>
        )}
      </CardContent>
    </Card>
  );
}
