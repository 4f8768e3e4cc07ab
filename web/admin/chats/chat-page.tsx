import { Box, Card, CardContent, Typography } from '@mui/material';
import { ShowBase, Title, useShowContext } from 'react-admin';
import { amountText } from '../look/amount.js';
import { Fact, Facts } from '../look/fact.js';
import { Moment } from '../look/moment.js';
import { Failed, Waiting } from '../look/outcome.js';
import { ShortId } from '../look/short-id.js';
import { UserLink } from '../look/user-link.js';
import { statusSentences, type Chat } from './chat.js';
import { ChatCharge } from './chat-charge.js';
import { ChatStatus } from './chat-status.js';

/** One message, its reply, and what they cost. */
export function ChatPage() {
  return (
    <ShowBase>
      <Content />
    </ShowBase>
  );
}

function Content() {
  const { record: chat, error } = useShowContext<Chat>();
  if (error != null) return <Failed error={error} />;
  if (chat === undefined) return <Waiting />;
  return (
    <Box sx={{ display: 'grid', gap: 2, mt: 2, gridTemplateColumns: 'minmax(0, 1fr)', maxWidth: 980 }}>
      <Title title="Chat" />
      <Card>
        <CardContent>
          <Facts>
            <Fact name="User">
              <UserLink id={chat.user_id} username={chat.username} />
            </Fact>
            <Fact name="When">
              <Moment at={chat.created_at} />
            </Fact>
            <Fact name="Model">{chat.model}</Fact>
            <Fact name="Status">
              <ChatStatus status={chat.status} />
            </Fact>
            {chat.incomplete && <Fact name="Reply">incomplete</Fact>}
            <Fact name="Charged">{amountText(chat.tokens_charged)} tokens</Fact>
            <Fact name="The model's own count">
              {chat.usage === null
                ? 'not known'
                : `${amountText(chat.usage.input_tokens)} in, ${amountText(chat.usage.output_tokens)} out`}
            </Fact>
            <Fact name="Id">
              <ShortId id={chat.id} of="this chat" />
            </Fact>
            <Fact name="Conversation">
              {chat.conversation_id === null ? (
                'none'
              ) : (
                <ShortId id={chat.conversation_id} of="its conversation" />
              )}
            </Fact>
          </Facts>
          <Typography color="text.secondary" sx={{ mt: 2 }}>
            {statusSentences[chat.status]}
          </Typography>
          <ChatCharge chat={chat} />
        </CardContent>
      </Card>
      <Words title="Message" text={chat.message} />
      <Words title="Reply" text={chat.response} />
      {chat.tool_calls?.map(({ id, function: { name, arguments: json } }) => (
        <Words key={id} title={`Tool call: ${name}`} text={json} />
      ))}
    </Box>
  );
}

/** A text exactly as it was sent, whatever it says. */
function Words({ title, text }: { title: string; text: string | null }) {
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
