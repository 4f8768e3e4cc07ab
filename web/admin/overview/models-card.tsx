import { Card, CardContent, TableCell, TableRow, Typography } from '@mui/material';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import { countText } from '../ui/amount.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { TextLink } from '../ui/text-link.js';
import { listPath, sinceDay } from './list-path.js';
import type { Statistics } from '../../api/api-objects.js';
import { text } from '../texts/texts.js';
import { numberFormat } from '../../language/message.js';

/** Chats, charges and times by model, each leading to its chats. */
export function ModelsCard({ stats: { by_model: models, latency_by_model, from } }: { stats: Statistics }) {
  const timesOf = (model: string) => latency_by_model.find((each) => each.model === model);
  return (
    <Card>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          {text('modelTable.title')}
        </Typography>
        {models.length === 0 ? (
          <Typography color="text.secondary">{text('modelTable.none')}</Typography>
        ) : (
          <>
            <ScrollingTable
              label={text('modelTable.title')}
              columns={[
                ...[text('column.model'), `#${text('figure.chats')}`, `#${text('figure.failed')}`],
                ...[`#${text('figure.cancelled')}`, `#${text('modelTable.half')}`],
                ...[`#${text('modelTable.most')}`, `#${text('figure.charged', { unit: unitLabel() })}`],
                `#${text('actions.notCollected')}`,
              ]}
            >
              {models.map(({ model, chats, failures, cancelled, tokens_charged, tokens_uncollected }) => (
                <TableRow key={model}>
                  <TableCell sx={{ minWidth: 130, overflowWrap: 'anywhere' }}>
                    <TextLink to={listPath('chats', { model, ...sinceDay(from) })}>{model}</TextLink>
                  </TableCell>
                  <TableCell align="right">{countText(chats)}</TableCell>
                  <TableCell align="right">{countText(failures)}</TableCell>
                  <TableCell align="right">{countText(cancelled)}</TableCell>
                  <TableCell align="right">{secondsOf(timesOf(model)?.median_ms)}</TableCell>
                  <TableCell align="right">{secondsOf(timesOf(model)?.slow_ms)}</TableCell>
                  <TableCell align="right">{alignedCredits(tokens_charged)}</TableCell>
                  <TableCell align="right">{alignedCredits(tokens_uncollected)}</TableCell>
                </TableRow>
              ))}
            </ScrollingTable>
            <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
              {text('modelTable.times')}
            </Typography>
          </>
        )}
      </CardContent>
    </Card>
  );
}

const inSeconds = {
  style: 'unit',
  unit: 'second',
  maximumFractionDigits: 1,
  minimumFractionDigits: 1,
} as const;

function secondsOf(ms: number | undefined): string {
  return ms === undefined ? '—' : numberFormat(inSeconds).format(ms / 1000);
}
