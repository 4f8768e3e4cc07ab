import { Box, TableCell, TableRow, Typography } from '@mui/material';
import { Title, useDataProvider } from 'react-admin';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import { secondsText } from '../../api/duration-text.js';
import { moneyText } from '../../api/money.js';
import type { Package } from '../../api/shop-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { countText } from '../ui/amount.js';
import { QueryCard } from '../ui/query-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';

/** The packages that accounts can buy, which the operator sets. */
export default function PackagesPage() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Title title="Packages" />
      <QueryCard title="Packages" queryKey={['packages']} read={() => dataProvider.packages()}>
        {(packages) => (
          <>
            {packages.length === 0 ? (
              <Typography>Nothing is for sale.</Typography>
            ) : (
              <ScrollingTable
                label="Packages"
                columns={[
                  'Name',
                  'Id',
                  '#Price',
                  `#${unitLabel()}`,
                  'Expires',
                  '#Bonus',
                  'Bonus expires',
                  '#Limit',
                ]}
              >
                {packages.map((one) => (
                  <PackageRow key={one.id} one={one} />
                ))}
              </ScrollingTable>
            )}
            <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
              What expires does so that long after the payment. The limit is how often an account can buy the
              package. The operator changes packages in the file that PACKAGES_FILE names.
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
  return seconds === null ? 'never' : secondsText(seconds);
}
