import { Box, Card, CardContent, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, useDataProvider, useStore } from 'react-admin';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { creditNumber, unitLabel } from '../../api/credits.js';
import { countText } from '../ui/amount.js';
import { LoadError } from '../ui/loading-and-error.js';
import { Charts } from './charts.js';
import { LedgerCard } from './ledger-card.js';
import { ActionsCard } from './actions-card.js';
import { ModelsCard } from './models-card.js';
import type { Statistics } from '../../api/api-objects.js';
import { lastDays } from './last-days.js';

const choices = [7, 30, 90];

/** Usage, charges, and whether the ledger is sound. */
export function OverviewPage() {
  const [days, setDays] = useStore('overview.days', 30);
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { data: stats, error } = useQuery({
    queryKey: ['stats', days],
    queryFn: () => dataProvider.statistics(lastDays(days)),
    placeholderData: (previous) => previous,
  });
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Title title="Overview" />
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          alignItems: 'center',
          justifyContent: 'flex-end',
        }}
      >
        <ToggleButtonGroup
          exclusive
          size="small"
          value={days}
          aria-label="Period"
          onChange={(_, chosen: number | null) => {
            if (chosen !== null) setDays(chosen);
          }}
        >
          {choices.map((count) => (
            <ToggleButton key={count} value={count}>
              {count} days
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Box>
      {error !== null ? <LoadError error={error} /> : <Figures stats={stats} />}
      <LedgerCard />
      {stats === undefined ? null : (
        <>
          <ModelsCard models={stats.by_model} />
          <ActionsCard actions={stats.by_action} />
        </>
      )}
    </Box>
  );
}

/** The totals and charts. Until they are read, their places are empty and as large, so that nothing moves. */
function Figures({ stats }: { stats: Statistics | undefined }) {
  const totals = stats?.totals;
  const text = (format: (value: number) => string, ...values: (number | undefined)[]) =>
    totals === undefined ? '…' : format(values.reduce<number>((sum, value) => sum + (value ?? 0), 0));
  const figures = [
    { name: 'New accounts', text: text(countText, totals?.accounts) },
    { name: 'Chats', text: text(countText, totals?.chats) },
    { name: 'Failed', text: text(countText, totals?.failures) },
    { name: 'Cancelled', text: text(countText, totals?.cancelled) },
    {
      name: `${unitLabel()} charged`,
      text: text(creditNumber, totals?.tokens_charged, totals?.tokens_metered),
    },
    { name: `${unitLabel()} not collected`, text: text(creditNumber, totals?.tokens_uncollected) },
    { name: `${unitLabel()} granted`, text: text(creditNumber, totals?.tokens_granted) },
    { name: `${unitLabel()} expired`, text: text(creditNumber, totals?.tokens_expired) },
  ];
  return (
    <>
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', md: 'repeat(4, minmax(0, 1fr))' },
        }}
      >
        {figures.map(({ name, text }) => (
          <Card key={name} component="div">
            <CardContent sx={{ p: 1.5, '&:last-child': { pb: 1.5 } }}>
              <Typography component="div" variant="caption" color="text.secondary">
                {name}
              </Typography>
              <Typography
                component="div"
                sx={{ fontSize: '1.35rem', fontWeight: 650, overflowWrap: 'anywhere' }}
              >
                {text}
              </Typography>
            </CardContent>
          </Card>
        ))}
      </Box>
      <Charts days={stats?.by_day ?? []} />
    </>
  );
}
