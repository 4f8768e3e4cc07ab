import { Box, Button, Card, CardContent, Typography } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDataProvider } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { Exchange } from '../../api/api-objects.js';
import { creditAmount } from '../../api/credits.js';
import { ChatStatus } from '../chats/chat-status.js';
import { ErasedText } from '../chats/erased-text.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { LoadError, Loading } from '../ui/loading-and-error.js';
import { RecordLink } from '../ui/record-link.js';
import { TextLink } from '../ui/text-link.js';
import { text } from '../texts/page-texts.js';
import { PageTitle } from '../ui/page-title.js';

/** The messages and replies of a conversation, the oldest first. */
export default function ConversationPage() {
  const { userId = '', id = '' } = useParams();
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['conversation', userId, id],
    queryFn: ({ pageParam }) => dataProvider.conversation(userId, id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  if (data === undefined) return error === null ? <Loading /> : <LoadError error={error} />;
  const exchanges = data.pages.flatMap(({ results }) => results).toReversed();
  const title = data.pages[0]?.title ?? '';
  return (
    <Box sx={{ display: 'grid', gap: 2, mt: 2, gridTemplateColumns: 'minmax(0, 1fr)', maxWidth: 980 }}>
      <PageTitle title={text('conversation.title')} />
      <Box>
        <Typography component="h2" variant="h5" dir="auto" sx={{ overflowWrap: 'anywhere' }}>
          {title}
        </Typography>
        <TextLink to={`/users/${encodeURIComponent(userId)}/show`}>{text('conversation.account')}</TextLink>
      </Box>
      {error === null ? null : <LoadError error={error} />}
      {hasNextPage ? (
        <Button
          size="small"
          sx={{ justifySelf: 'start' }}
          loading={isFetchingNextPage}
          onClick={() => {
            void fetchNextPage();
          }}
        >
          {text('conversation.older')}
        </Button>
      ) : null}
      {exchanges.map((exchange) => (
        <ExchangeCard key={exchange.id} exchange={exchange} />
      ))}
    </Box>
  );
}

function ExchangeCard({ exchange }: { exchange: Exchange }) {
  const { id, created_at: at, erased, message, model, response, status, tokens_charged } = exchange;
  return (
    <Card component="article" aria-label={text('conversation.exchange')}>
      <CardContent>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 1 }}>
          <RecordLink resource="chats" id={id} at={at} />
          <Typography variant="body2" color="text.secondary">
            {model} · {creditAmount(tokens_charged)}
          </Typography>
          <ChatStatus status={status} />
        </Box>
        {erased ? (
          <ErasedText />
        ) : (
          <>
            <PlainText content={message} isMessage />
            <PlainText content={response ?? ''} isMessage={false} />
          </>
        )}
      </CardContent>
    </Card>
  );
}

/** A text without any formatting, so that markup in it has no effect. */
function PlainText({ content, isMessage }: { content: string; isMessage: boolean }) {
  return (
    <Box sx={{ pl: 1.5, py: 0.5, mb: 1, borderLeft: 3, borderColor: isMessage ? 'primary.main' : 'divider' }}>
      <Typography component="h3" variant="caption" color="text.secondary">
        {text(isMessage ? 'column.message' : 'chat.reply')}
      </Typography>
      <Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {content === '' ? '—' : content}
      </Typography>
    </Box>
  );
}
