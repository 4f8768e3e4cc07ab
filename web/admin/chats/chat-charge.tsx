import { Typography } from '@mui/material';
import { Link, useGetList, useCreatePath } from 'react-admin';
import type { Entry } from '../ledger/entry.js';
import { amountText, SignedAmount } from '../look/amount.js';
import { Moment } from '../look/moment.js';
import type { Chat } from './chat.js';

/** Longer than any reply may take; its charge is written within this. */
const longestReplyMs = 60 * 60 * 1000;

/** The ledger's line of what a chat cost, with the way to where it stands. */
export function ChatCharge({ chat }: { chat: Chat }) {
  const from = chat.created_at;
  const to = new Date(Date.parse(from) + longestReplyMs).toISOString();
  const filter = { user: chat.user_id, kind: 'charge', from, to };
  const { data } = useGetList<Entry>(
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
      In the ledger: <SignedAmount amount={entry.amount} />, {amountText(entry.balance_after)} left,{' '}
      <Moment at={entry.created_at} /> ·{' '}
      <Link to={`${createPath({ resource: 'entries', type: 'list' })}?filter=${shown}`}>show it there</Link>
    </Typography>
  );
}
