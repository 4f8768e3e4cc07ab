import { Box, Card, CardContent, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Title, useDataProvider, useStore } from 'react-admin';
import { answered } from '../lists/answered.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { amountText } from '../look/amount.js';
import { Failed, Waiting } from '../look/outcome.js';
import { LedgerCard } from './ledger-card.js';
import { ModelsCard } from './models-card.js';
import { lastDays, type Stats } from './stats.js';

const Charts = lazy(() => import('./charts.js'));
const choices = [7, 30, 90];

/** How the service is doing: what is used, what is paid, and whether the ledger is sound. */
export function FrontPage() {
  const [days, setDays] = useStore('front.days', 30);
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { data: stats, error } = useQuery({
    queryKey: ['stats', days],
    queryFn: async () => answered(await dataProvider.stats(lastDays(days))),
    placeholderData: (earlier) => earlier,
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
          justifyContent: 'space-between',
        }}
      >
        <Typography component="h1" variant="h5">
          Overview
        </Typography>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={days}
          aria-label="Of which time"
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
      {error !== null ? (
        <Failed error={error} />
      ) : stats === undefined ? (
        <Waiting />
      ) : (
        <Figures stats={stats} />
      )}
      <LedgerCard />
    </Box>
  );
}

function Figures({ stats }: { stats: Stats }) {
  const { totals } = stats;
  const figures = [
    { name: 'New accounts', value: totals.accounts },
    { name: 'Chats', value: totals.chats },
    { name: 'Failed', value: totals.failures },
    { name: 'Cancelled', value: totals.cancelled },
    { name: 'Tokens charged', value: totals.tokens_charged },
    { name: 'Tokens granted', value: totals.tokens_granted },
  ];
  return (
    <>
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', md: 'repeat(6, minmax(0, 1fr))' },
        }}
      >
        {figures.map(({ name, value }) => (
          <Card key={name} component="div">
            <CardContent sx={{ p: 1.5, '&:last-child': { pb: 1.5 } }}>
              <Typography component="div" variant="caption" color="text.secondary">
                {name}
              </Typography>
              <Typography component="div" sx={{ fontSize: '1.35rem', fontWeight: 650 }}>
                {amountText(value)}
              </Typography>
            </CardContent>
          </Card>
        ))}
      </Box>
      <Suspense fallback={<Waiting />}>
        <Charts days={stats.by_day} />
      </Suspense>
      <ModelsCard models={stats.by_model} />
    </>
  );
}
