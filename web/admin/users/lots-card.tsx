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
import { text } from '../texts/page-texts.js';

/** Where the credits of a user come from, and when they end. */
export function LotsCard({ user }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [showsAll, setShowsAll] = useState(false);
  return (
    <QueryCard
      title={text('lots.title')}
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
          {text(showsAll ? 'lots.hide' : 'lots.show')}
        </Button>
      }
    >
      {({ results, next }) =>
        results.length === 0 ? (
          <Typography color="text.secondary">{text('lots.none')}</Typography>
        ) : (
          <>
            <ScrollingTable
              label={text('lots.title')}
              columns={[
                ...[
                  text('lots.from'),
                  `#${text('lots.left', { unit: unitLabel() })}`,
                  text('column.expires'),
                ],
                ...[`#${text('lots.of')}`, `#${text('lots.priority')}`, text('lots.added'), text('lots.lot')],
              ]}
            >
              {results.map((lot) => (
                <TableRow key={lot.id}>
                  <TableCell>{lotKindText(lot.kind)}</TableCell>
                  <TableCell align="right">{alignedCredits(lot.left)}</TableCell>
                  <TableCell>
                    <Timestamp at={lot.expires_at} absent={text('ui.never')} />
                  </TableCell>
                  <TableCell align="right">{alignedCredits(lot.amount)}</TableCell>
                  <TableCell align="right">{lot.priority}</TableCell>
                  <TableCell>
                    <Timestamp at={lot.created_at} />
                  </TableCell>
                  <TableCell>
                    <ShortId id={lot.id} of={text('id.lot')} />
                  </TableCell>
                </TableRow>
              ))}
            </ScrollingTable>
            <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
              {text('lots.about')} {next === null ? '' : text('lots.onlyNewest', { count: results.length })}
            </Typography>
          </>
        )
      }
    </QueryCard>
  );
}
