import { Button, TableCell, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider } from 'react-admin';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import type { ListedUser } from '../../api/api-objects.js';
import { lotKindText } from '../../api/wallet-texts.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { QueryCard } from '../ui/query-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { ShortId } from '../ui/short-id.js';
import { Timestamp } from '../ui/timestamp.js';

/** Where the credits of a user come from, and when they end. */
export function LotsCard({ user }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [showsAll, setShowsAll] = useState(false);
  return (
    <QueryCard
      title="Lots"
      queryKey={['lots', user.id, showsAll ? 'all' : 'left']}
      read={() => dataProvider.lots(user.id, { onlyLeft: !showsAll })}
      actions={
        <Button
          size="small"
          aria-pressed={showsAll}
          onClick={() => {
            setShowsAll(!showsAll);
          }}
        >
          {showsAll ? 'Hide used and expired ones' : 'Show used and expired ones'}
        </Button>
      }
    >
      {({ results, next }) =>
        results.length === 0 ? (
          <Typography color="text.secondary">Nothing is left of any lot.</Typography>
        ) : (
          <>
            <ScrollingTable
              label="Lots"
              columns={['From', `#${unitLabel()} left`, 'Expires', '#Of', '#Priority', 'Added', 'Lot']}
            >
              {results.map((lot) => (
                <TableRow key={lot.id}>
                  <TableCell>{lotKindText(lot.kind)}</TableCell>
                  <TableCell align="right">{alignedCredits(lot.left)}</TableCell>
                  <TableCell>
                    <Timestamp at={lot.expires_at} absent="never" />
                  </TableCell>
                  <TableCell align="right">{alignedCredits(lot.amount)}</TableCell>
                  <TableCell align="right">{lot.priority}</TableCell>
                  <TableCell>
                    <Timestamp at={lot.created_at} />
                  </TableCell>
                  <TableCell>
                    <ShortId id={lot.id} of="this lot" />
                  </TableCell>
                </TableRow>
              ))}
            </ScrollingTable>
            <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
              The lowest priority is spent first, then what expires first, then the oldest. What is held for
              replies in progress is still part of what is left.
              {next === null ? '' : ` Only the newest ${results.length} are shown.`}
            </Typography>
          </>
        )
      }
    </QueryCard>
  );
}
