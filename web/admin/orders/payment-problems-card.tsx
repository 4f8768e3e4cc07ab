import { Box, TableCell, TableRow, Typography } from '@mui/material';
import { useDataProvider } from 'react-admin';
import { moneyText } from '../../api/money.js';
import type { PaymentProblem } from '../../api/shop-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { countText } from '../ui/amount.js';
import { PagedCard } from '../ui/paged-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { ShortId } from '../ui/short-id.js';
import { Timestamp } from '../ui/timestamp.js';
import { UserLinkById } from '../users/user-link-by-id.js';
import { factKindText, problemText } from './problem-texts.js';
import { text } from '../texts/page-texts.js';

/** What the payment provider said and could not be applied to an order. */
export function PaymentProblemsCard() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  return (
    <PagedCard
      title={text('problems.title')}
      queryKey={['paymentProblems']}
      read={(cursor) => dataProvider.paymentProblems(cursor)}
      empty={text('problems.none')}
    >
      {(problems) => (
        <>
          <Typography color="text.secondary" sx={{ mb: 1 }}>
            {text('problems.about')}
          </Typography>
          <ScrollingTable
            label={text('problems.title')}
            columns={[
              ...[text('column.when'), text('problems.problem'), text('problems.reported')],
              ...[`#${text('column.amount')}`, text('column.user'), text('problems.order')],
              `#${text('problems.times')}`,
            ]}
          >
            {problems.map((problem) => (
              <ProblemRow key={problem.id} problem={problem} />
            ))}
          </ScrollingTable>
        </>
      )}
    </PagedCard>
  );
}

function ProblemRow({ problem }: { problem: PaymentProblem }) {
  const { reason, fact, order_id, user_id, last_at, count } = problem;
  return (
    <TableRow>
      <TableCell>
        <Timestamp at={last_at} />
      </TableCell>
      <TableCell sx={{ minWidth: 220 }}>{problemText(reason)}</TableCell>
      <TableCell>{fact === null ? '—' : factKindText(fact.kind)}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        <FactAmount fact={fact} />
      </TableCell>
      <TableCell>
        <UserLinkById id={user_id} />
      </TableCell>
      <TableCell>{order_id === null ? '—' : <ShortId id={order_id} of={text('id.theOrder')} />}</TableCell>
      <TableCell align="right">{countText(count)}</TableCell>
    </TableRow>
  );
}

function FactAmount({ fact }: Pick<PaymentProblem, 'fact'>) {
  if (fact === null) return <span>—</span>;
  const { amount, currency, payment_id } = fact;
  return (
    <span>
      {amount === null || currency === null ? '—' : moneyText(amount, currency)}
      {payment_id === null ? null : (
        <Box component="span" sx={{ display: 'block' }}>
          <ShortId id={payment_id} of={text('id.payment')} />
        </Box>
      )}
    </span>
  );
}
