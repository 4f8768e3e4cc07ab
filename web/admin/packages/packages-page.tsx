import { Box, TableCell, TableRow, Typography } from '@mui/material';
import { useDataProvider } from 'react-admin';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import { secondsText } from '../../api/duration-text.js';
import { moneyText } from '../../api/money.js';
import type { Package } from '../../api/shop-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { countText } from '../ui/amount.js';
import { QueryCard } from '../ui/query-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { text } from '../texts/page-texts.js';
import { PageTitle } from '../ui/page-title.js';

/** The packages that accounts can buy, which the operator sets. */
export default function PackagesPage() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <PageTitle title={text('packages.title')} />
      <QueryCard title={text('packages.title')} queryKey={['packages']} read={() => dataProvider.packages()}>
        {(packages) => (
          <>
            {packages.length === 0 ? (
              <Typography>{text('packages.none')}</Typography>
            ) : (
              <ScrollingTable
                label={text('packages.title')}
                columns={[
                  ...[text('column.name'), text('packages.id'), `#${text('column.price')}`],
                  ...[`#${unitLabel()}`, text('column.expires'), `#${text('packages.bonus')}`],
                  ...[text('packages.bonusExpires'), `#${text('packages.limit')}`],
                ]}
              >
                {packages.map((one) => (
                  <PackageRow key={one.id} one={one} />
                ))}
              </ScrollingTable>
            )}
            <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
              {text('packages.about', { setting: 'PACKAGES_FILE' })}
            </Typography>
          </>
        )}
      </QueryCard>
    </Box>
  );
}

function PackageRow({ one }: { one: Package }) {
  const { bonus_credits: bonus, limit_per_account: limit } = one;
  return (
    <TableRow>
      <TableCell sx={{ minWidth: 140, overflowWrap: 'anywhere' }}>{one.name}</TableCell>
      <TableCell>{one.id}</TableCell>
      <TableCell align="right">{moneyText(one.price, one.currency)}</TableCell>
      <TableCell align="right">{alignedCredits(one.credits)}</TableCell>
      <TableCell>{lastingText(one.expires_after_seconds)}</TableCell>
      <TableCell align="right">{bonus === 0 ? '—' : alignedCredits(bonus)}</TableCell>
      <TableCell>{bonus === 0 ? '—' : lastingText(one.bonus_expires_after_seconds)}</TableCell>
      <TableCell align="right">{limit === null ? '—' : countText(limit)}</TableCell>
    </TableRow>
  );
}

function lastingText(seconds: number | null): string {
  return seconds === null ? text('ui.never') : secondsText(seconds);
}
