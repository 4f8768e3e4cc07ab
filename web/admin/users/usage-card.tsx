import { TableCell, TableRow, Typography } from '@mui/material';
import { useDataProvider, useNavigate } from 'react-admin';
import type { ListedUser, Statistics } from '../../api/api-objects.js';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { lastDays } from '../overview/last-days.js';
import { listPath, sinceDay, wholeDay } from '../overview/list-path.js';
import { countText } from '../ui/amount.js';
import { DayChart } from '../ui/day-chart.js';
import { QueryCard } from '../ui/query-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { TextLink } from '../ui/text-link.js';
import { text } from '../texts/page-texts.js';

/** What an account was charged in the last 30 days, by day and by model. */
export function UsageCard({ user: { id, username } }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  return (
    <QueryCard
      title={text('usage.title')}
      queryKey={['usage', id]}
      read={() => dataProvider.statistics({ ...lastDays(30), user: id })}
    >
      {(stats) =>
        stats.totals.chats === 0 && stats.by_action.length === 0 ? (
          <Typography color="text.secondary">{text('usage.none', { username })}</Typography>
        ) : (
          <Usage stats={stats} userId={id} />
        )
      }
    </QueryCard>
  );
}

function Usage({ stats, userId }: { stats: Statistics; userId: string }) {
  const navigate = useNavigate();
  const { by_day: days, by_model: models, by_action: actions, from } = stats;
  return (
    <>
      <DayChart
        days={days}
        series={[
          { name: text('chart.chargedForChats'), color: 'primary', valueOf: (day) => day.tokens_charged },
          { name: text('chart.chargedForActions'), color: 'warning', valueOf: (day) => day.tokens_metered },
        ]}
        isCredits
        onDay={(day) => {
          navigate(listPath('entries', { user: userId, kind: 'charge', ...wholeDay(day) }));
        }}
      />
      <ScrollingTable
        label={text('usage.label')}
        columns={[
          ...[text('column.what'), `#${text('usage.often')}`],
          `#${text('usage.charged', { unit: unitLabel() })}`,
        ]}
      >
        {models.map(({ model, chats, tokens_charged }) => (
          <TableRow key={`model ${model}`}>
            <TableCell sx={{ overflowWrap: 'anywhere' }}>
              <TextLink to={listPath('chats', { user: userId, model, ...sinceDay(from) })}>{model}</TextLink>
            </TableCell>
            <TableCell align="right">{countText(chats)}</TableCell>
            <TableCell align="right">{alignedCredits(tokens_charged)}</TableCell>
          </TableRow>
        ))}
        {actions.map(({ action, charges, tokens_charged }) => (
          <TableRow key={`action ${action}`}>
            <TableCell sx={{ overflowWrap: 'anywhere' }}>{action}</TableCell>
            <TableCell align="right">{countText(charges)}</TableCell>
            <TableCell align="right">{alignedCredits(tokens_charged)}</TableCell>
          </TableRow>
        ))}
      </ScrollingTable>
    </>
  );
}
