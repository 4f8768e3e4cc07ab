import {
  Card,
  CardContent,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import { countText } from '../ui/amount.js';
import type { Statistics } from '../../api/api-objects.js';

/** Chats and charges by model. */
export function ModelsCard({ models }: { models: Statistics['by_model'] }) {
  return (
    <Card>
      <CardContent sx={{ overflowX: 'auto' }}>
        <Typography component="h2" variant="h6" gutterBottom>
          By model
        </Typography>
        {models.length === 0 ? (
          <Typography color="text.secondary">No chats in this period.</Typography>
        ) : (
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>Model</TableCell>
                <TableCell align="right">Chats</TableCell>
                <TableCell align="right">Failed</TableCell>
                <TableCell align="right">Cancelled</TableCell>
                <TableCell align="right">{unitLabel()} charged</TableCell>
                <TableCell align="right">Not collected</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
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
            </TableBody>
          </Table>
        )}
      </CardContent>
    </Card>
  );
}
