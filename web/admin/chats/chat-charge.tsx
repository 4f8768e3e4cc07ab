import { Typography } from '@mui/material';
import { Link, useGetList, useCreatePath } from 'react-admin';
import type { ListedEntry, ListedExchange } from '../../api/api-objects.js';
import { creditNumber } from '../../api/credits.js';
import { HoldExcess } from '../ledger/hold-excess.js';
import { SignedAmount } from '../ui/amount.js';
import { Timestamp } from '../ui/timestamp.js';
import { richText, text } from '../texts/page-texts.js';

/** Longer than any reply may take. The charge is written within this time. */
const longestReplyMs = 60 * 60 * 1000;

/** The ledger entry that a chat was charged with, and a link to it. */
export function ChatCharge({ chat }: { chat: ListedExchange }) {
  const from = chat.created_at;
  const to = new Date(Date.parse(from) + longestReplyMs).toISOString();
  const filter = { user: chat.user_id, kind: 'charge', from, to };
  const { data } = useGetList<ListedEntry>(
    'entries',
    { filter, pagination: { page: 1, perPage: 100 } },
    { enabled: chat.tokens_charged > 0 },
  );
  const createPath = useCreatePath();
  const entry = data?.find(({ chat_id }) => chat_id === chat.id);
  if (entry === undefined) return null;
  const shown = encodeURIComponent(JSON.stringify(filter));
  return (
    <Typography sx={{ mt: 1 }}>
      {richText('chat.entry', {
        amount: <SignedAmount amount={entry.amount} />,
        balance: creditNumber(entry.balance_after),
        moment: <Timestamp at={entry.created_at} />,
        link: (
          <Link to={`${createPath({ resource: 'entries', type: 'list' })}?filter=${shown}`}>
            {text('chat.inLedger')}
          </Link>
        ),
      })}
      <HoldExcess of={chat} />
    </Typography>
  );
}
