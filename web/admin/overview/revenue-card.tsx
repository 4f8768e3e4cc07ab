import { Card, CardContent, TableCell, TableRow, Typography } from '@mui/material';
import type { Statistics } from '../../api/api-objects.js';
import { moneyText } from '../../api/money.js';
import { countText } from '../ui/amount.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { TextLink } from '../ui/text-link.js';
import { listPath, sinceDay } from './list-path.js';

/** What was paid in each currency; nothing if nothing was sold. */
export function RevenueCard({ stats: { revenue, from } }: { stats: Statistics }) {
  if (revenue.length === 0) return null;
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          Revenue
        </Typography>
        <ScrollingTable
          label="Revenue"
          columns={['Currency', '#Paid orders', '#Paid', '#Paid back', '#Kept']}
        >
          {sumsOf(revenue).map(({ currency, orders, paid, refunded }) => (
            <TableRow key={currency}>
              <TableCell>
                <TextLink
                  to={listPath('orders', sinceDay(from))}
                  label={`Orders in ${currency.toUpperCase()}`}
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
          Of the orders of this period, with what was paid back since.
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
