import { Card, CardContent, TableCell, TableRow, Typography } from '@mui/material';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import { countText } from '../ui/amount.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import type { Statistics } from '../../api/api-objects.js';
import { text } from '../texts/texts.js';

/** Charges for other actions than chats; nothing if there are none. */
export function ActionsCard({ actions }: { actions: Statistics['by_action'] }) {
  if (actions.length === 0) return null;
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          {text('actions.title')}
        </Typography>
        <ScrollingTable
          label={text('actions.title')}
          columns={[
            ...[text('actions.action'), `#${text('actions.charges')}`],
            `#${text('figure.charged', { unit: unitLabel() })}`,
            `#${text('actions.notCollected')}`,
          ]}
        >
          {actions.map(({ action, charges, tokens_charged, tokens_uncollected }) => (
            <TableRow key={action}>
              <TableCell sx={{ minWidth: 130, overflowWrap: 'anywhere' }}>{action}</TableCell>
              <TableCell align="right">{countText(charges)}</TableCell>
              <TableCell align="right">{alignedCredits(tokens_charged)}</TableCell>
              <TableCell align="right">{alignedCredits(tokens_uncollected)}</TableCell>
            </TableRow>
          ))}
        </ScrollingTable>
      </CardContent>
    </Card>
  );
}
