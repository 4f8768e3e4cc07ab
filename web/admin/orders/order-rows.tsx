import { Box } from '@mui/material';
import { DataTable, SimpleList } from 'react-admin';
import { creditAmount } from '../../api/credits.js';
import { moneyText } from '../../api/money.js';
import type { ListedOrder } from '../../api/shop-objects.js';
import { useIsPhone } from '../lists/record-list.js';
import { EmptyList } from '../ui/empty-list.js';
import { ShortId } from '../ui/short-id.js';
import { Timestamp } from '../ui/timestamp.js';
import { UserLink } from '../ui/user-link.js';
import { OrderStatusChip } from './order-status.js';
import { RefundButton } from './refund-button.js';
import { text } from '../texts/page-texts.js';

/** The rows of a list of orders, of all users or of one. */
export default function OrderRows({ scope }: { scope: 'all' | 'user' }) {
  if (useIsPhone()) return <Cards scope={scope} />;
  return (
    <DataTable<ListedOrder> rowClick={false} bulkActionButtons={false} empty={<EmptyList what="orders" />}>
      <DataTable.Col<ListedOrder>
        source="created_at"
        label={text('column.when')}
        sortByOrder="DESC"
        render={({ id, created_at }) => (
          <>
            <Timestamp at={created_at} />
            <Box component="span" sx={{ display: 'block' }}>
              <ShortId id={id} of={text('id.order')} />
            </Box>
          </>
        )}
      />
      {scope === 'user' ? null : (
        <DataTable.Col<ListedOrder>
          source="username"
          label={text('column.user')}
          disableSort
          render={({ user_id, username }) => <UserLink id={user_id} username={username} />}
        />
      )}
      <DataTable.Col<ListedOrder>
        label={text('orders.package')}
        disableSort
        render={(order) => <PackageText order={order} />}
      />
      <DataTable.Col<ListedOrder>
        align="right"
        label={text('column.price')}
        disableSort
        render={(order) => <PriceText order={order} />}
      />
      <DataTable.Col<ListedOrder>
        source="status"
        label={text('column.state')}
        disableSort
        render={({ status }) => <OrderStatusChip status={status} />}
      />
      <DataTable.Col<ListedOrder>
        label={text('orders.paid')}
        disableSort
        render={(order) => <PaymentText order={order} />}
      />
      <DataTable.Col<ListedOrder>
        align="right"
        label={false}
        disableSort
        render={(order) => <RefundButton order={order} />}
      />
    </DataTable>
  );
}

function PackageText({ order: { package: bought } }: { order: ListedOrder }) {
  return (
    <Box component="span" sx={{ display: 'block', minWidth: 140, maxWidth: 260, overflowWrap: 'anywhere' }}>
      {bought.name}
      <Box component="span" sx={{ display: 'block', color: 'text.secondary' }}>
        {bought.bonus_credits > 0
          ? text('orders.withBonus', {
              amount: creditAmount(bought.credits),
              bonus: creditAmount(bought.bonus_credits),
            })
          : creditAmount(bought.credits)}
      </Box>
    </Box>
  );
}

function PriceText({ order: { package: bought, refunded } }: { order: ListedOrder }) {
  return (
    <Box component="span" sx={{ display: 'block', whiteSpace: 'nowrap' }}>
      {moneyText(bought.price, bought.currency)}
      {refunded === 0 ? null : (
        <Box component="span" sx={{ display: 'block', color: 'text.secondary' }}>
          {text('orders.refundedText', { amount: moneyText(refunded, bought.currency) })}
        </Box>
      )}
    </Box>
  );
}

function PaymentText({ order: { paid_at, payment_id, provider } }: { order: ListedOrder }) {
  if (paid_at === null) return <span>—</span>;
  return (
    <span>
      <Timestamp at={paid_at} />
      {payment_id === null ? null : (
        <Box component="span" title={payment_id} sx={{ display: 'block', color: 'text.secondary' }}>
          {provider} <ShortId id={payment_id} of={text('id.payment')} />
        </Box>
      )}
    </span>
  );
}

function Cards({ scope }: { scope: 'all' | 'user' }) {
  return (
    <SimpleList<ListedOrder>
      rowClick={false}
      empty={<EmptyList what="orders" />}
      primaryText={(order) => (
        <>
          {scope === 'user' ? null : (
            <>
              <UserLink id={order.user_id} username={order.username} />
              {' · '}
            </>
          )}
          {order.package.name}
        </>
      )}
      secondaryText={(order) => (
        <>
          <Timestamp at={order.created_at} /> · <OrderStatusChip status={order.status} />{' '}
          <RefundButton order={order} />
        </>
      )}
      tertiaryText={(order) => <PriceText order={order} />}
    />
  );
}
