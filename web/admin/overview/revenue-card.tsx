import { Card, CardContent, TableCell, TableRow, Typography } from '@mui/material';
import type { Statistics } from '../../api/api-objects.js';
import { moneyText } from '../../api/money.js';
import { countText } from '../ui/amount.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { TextLink } from '../ui/text-link.js';
import { listPath, sinceDay } from './list-path.js';
import { text } from '../texts/texts.js';

/** What was paid in each currency; nothing if nothing was sold. */
export function RevenueCard({ stats: { revenue, from } }: { stats: Statistics }) {
  if (revenue.length === 0) return null;
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          {text('revenue.title')}
        </Typography>
        <ScrollingTable
          label={text('revenue.title')}
          columns={[
            ...[text('revenue.currency'), `#${text('revenue.orders')}`, `#${text('revenue.paid')}`],
            ...[`#${text('revenue.refunded')}`, `#${text('revenue.kept')}`],
          ]}
        >
          {sumsOf(revenue).map(({ currency, orders, paid, refunded }) => (
            <TableRow key={currency}>
              <TableCell>
                <TextLink
                  to={listPath('orders', sinceDay(from))}
                  label={text('revenue.ordersIn', { currency: currency.toUpperCase() })}
                >
                  {currency.toUpperCase()}
                </TextLink>
              </TableCell>
              <TableCell align="right">{countText(orders)}</TableCell>
              <TableCell align="right">{moneyText(paid, currency)}</TableCell>
              <TableCell align="right">{moneyText(refunded, currency)}</TableCell>
              <TableCell align="right">{moneyText(paid - refunded, currency)}</TableCell>
            </TableRow>
          ))}
        </ScrollingTable>
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
          {text('revenue.about')}
        </Typography>
      </CardContent>
    </Card>
  );
}

type Revenue = Omit<Statistics['revenue'][number], 'day'>;

function sumsOf(days: Statistics['revenue']): Revenue[] {
  const sums = new Map<string, Revenue>();
  for (const { currency, orders, paid, refunded } of days) {
    const sum = sums.get(currency) ?? { currency, orders: 0, paid: 0, refunded: 0 };
    sums.set(currency, {
      currency,
      orders: sum.orders + orders,
      paid: sum.paid + paid,
      refunded: sum.refunded + refunded,
    });
  }
  return [...sums.values()];
}
