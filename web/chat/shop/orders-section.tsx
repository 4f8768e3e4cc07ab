import { creditAmount } from '../../api/credits.js';
import { moneyText } from '../../api/money.js';
import { orderStatusTexts } from '../../api/order-texts.js';
import type { Order } from '../../api/shop-objects.js';
import { ProblemNotice } from '../form/notice.js';
import { formatTime } from '../layout/format.js';
import { MoreButton } from '../layout/more-button.js';
import { usePagedItems } from '../layout/use-paged-items.js';
import { shopApi } from './shop-api.js';
import { LedgerTable } from '../layout/ledger-table.js';
import { text } from '../texts/texts.js';

/** The orders of the account, newest first; nothing if there are none. */
export function OrdersSection() {
  const { items: orders, next, task, loadMore } = usePagedItems(shopApi.orders);
  if (orders.length === 0 && task.problem === null) return null;
  return (
    <section aria-labelledby="orders-title">
      <h2 id="orders-title">{text('orders.title')}</h2>
      {orders.length > 0 && (
        <LedgerTable
          name={text('orders.title')}
          columns={[text('balance.when'), text('balance.what'), text('orders.state')]}
          amounts={[text('orders.price')]}
          className="orders"
        >
          <tbody>
            {orders.map((order) => (
              <OrderRow key={order.id} order={order} />
            ))}
          </tbody>
        </LedgerTable>
      )}
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
      {next !== null && <MoreButton label={text('orders.older')} isBusy={task.isBusy} onClick={loadMore} />}
    </section>
  );
}

function OrderRow({ order }: { order: Order }) {
  const { id, status, refunded, created_at, package: bought } = order;
  return (
    <tr>
      <td>
        <time dateTime={created_at}>{formatTime(created_at)}</time>
      </td>
      <td>
        <a className="title" href={`#/orders/${id}`}>
          {bought.name}
        </a>
        <span className="reason">{creditAmount(bought.credits + bought.bonus_credits)}</span>
      </td>
      <td>
        {orderStatusTexts()[status]}
        {refunded > 0 && (
          <span className="reason">
            {text('orders.paidBack', { amount: moneyText(refunded, bought.currency) })}
          </span>
        )}
      </td>
      <td className="amount">{moneyText(bought.price, bought.currency)}</td>
    </tr>
  );
}
