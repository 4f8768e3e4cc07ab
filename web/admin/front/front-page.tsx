import { Box, Card, CardContent, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Title, useDataProvider, useStore } from 'react-admin';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { amountText } from '../look/amount.js';
import { Failed, Waiting } from '../look/outcome.js';
import { LedgerCard } from './ledger-card.js';
import { ModelsCard } from './models-card.js';
import { lastDays, sumOf, type Stats } from './stats.js';

const Charts = lazy(() => import('./charts.js'));
const choices = [7, 30, 90];

/** How the service is doing: what is used, what is paid, and whether the ledger is sound. */
export function FrontPage() {
  const [days, setDays] = useStore('front.days', 30);
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { data: stats, error } = useQuery({
    queryKey: ['stats', days],
    queryFn: () => dataProvider.stats(lastDays(days)),
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
  const totals = [
    { name: 'Accounts', value: stats.accounts },
    { name: 'Sign-ups', value: sumOf(stats.days, 'sign_ups') },
    { name: 'Chats', value: sumOf(stats.days, 'chats') },
    { name: 'Tokens charged', value: sumOf(stats.days, 'tokens_charged') },
    { name: 'Tokens granted', value: sumOf(stats.days, 'tokens_granted') },
    { name: 'Failures', value: sumOf(stats.days, 'failures') },
  ];
  return (
    <>
      <Box
        component="dl"
        sx={{
          m: 0,
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', md: 'repeat(6, minmax(0, 1fr))' },
        }}
      >
        {totals.map(({ name, value }) => (
          <Card key={name} component="div">
            <CardContent sx={{ p: 1.5, '&:last-child': { pb: 1.5 } }}>
              <Typography component="dt" variant="caption" color="text.secondary">
                {name}
              </Typography>
              <Typography component="dd" sx={{ m: 0, fontSize: '1.35rem', fontWeight: 650 }}>
                {amountText(value)}
              </Typography>
            </CardContent>
          </Card>
        ))}
      </Box>
      <Suspense fallback={<Waiting />}>
        <Charts days={stats.days} />
      </Suspense>
      <ModelsCard models={stats.models} />
    </>
  );
}
