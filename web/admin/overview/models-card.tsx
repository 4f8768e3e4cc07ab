import { Card, CardContent, TableCell, TableRow, Typography } from '@mui/material';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import { countText } from '../ui/amount.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import type { Statistics } from '../../api/api-objects.js';

/** Chats and charges by model. */
export function ModelsCard({ models }: { models: Statistics['by_model'] }) {
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          By model
        </Typography>
        {models.length === 0 ? (
          <Typography color="text.secondary">No chats in this period.</Typography>
        ) : (
          <ScrollingTable
            label="By model"
            columns={[
              'Model',
              '#Chats',
              '#Failed',
              '#Cancelled',
              `#${unitLabel()} charged`,
              '#Not collected',
            ]}
          >
            {models.map(({ model, chats, failures, cancelled, tokens_charged, tokens_uncollected }) => (
              <TableRow key={model}>
                <TableCell sx={{ minWidth: 130, overflowWrap: 'anywhere' }}>{model}</TableCell>
                <TableCell align="right">{countText(chats)}</TableCell>
                <TableCell align="right">{countText(failures)}</TableCell>
                <TableCell align="right">{countText(cancelled)}</TableCell>
                <TableCell align="right">{alignedCredits(tokens_charged)}</TableCell>
                <TableCell align="right">{alignedCredits(tokens_uncollected)}</TableCell>
              </TableRow>
            ))}
          </ScrollingTable>
        )}
      </CardContent>
    </Card>
  );
}
