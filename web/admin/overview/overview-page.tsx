import { Box, Card, CardActionArea, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link, useDataProvider, useStore } from 'react-admin';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { creditNumber, unitLabel } from '../../api/credits.js';
import { countText } from '../ui/amount.js';
import { LoadError } from '../ui/loading-and-error.js';
import { Charts } from './charts.js';
import { LedgerCard } from './ledger-card.js';
import { ActionsCard } from './actions-card.js';
import { ModelDaysCard } from './model-days-card.js';
import { ModelsCard } from './models-card.js';
import { RevenueCard } from './revenue-card.js';
import { TopAccountsCard } from './top-accounts-card.js';
import type { Statistics } from '../../api/api-objects.js';
import { lastDays } from './last-days.js';
import { listPath, sinceDay } from './list-path.js';
import { text } from '../texts/texts.js';
import { PageTitle } from '../ui/page-title.js';

const choices = [7, 30, 90];

/** Usage, charges, revenue, and whether the ledger is sound; each figure leads to the list that explains it. */
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
      <PageTitle title={text('overview.title')} />
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
          aria-label={text('overview.period')}
          onChange={(_, chosen: number | null) => {
            if (chosen !== null) setDays(chosen);
          }}
        >
          {choices.map((count) => (
            <ToggleButton key={count} value={count}>
              {text('overview.days', { count })}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Box>
      {error !== null ? <LoadError error={error} /> : <Figures stats={stats} />}
      <LedgerCard />
      {stats === undefined ? null : (
        <>
          <ModelDaysCard stats={stats} />
          <ModelsCard stats={stats} />
          <TopAccountsCard stats={stats} />
          <RevenueCard stats={stats} />
          <ActionsCard actions={stats.by_action} />
        </>
      )}
    </Box>
  );
}

/** The totals and charts. Until they are read, their places are empty and as large, so that nothing moves. */
function Figures({ stats }: { stats: Statistics | undefined }) {
  const totals = stats?.totals;
  const sum = (format: (value: number) => string, ...values: (number | undefined)[]) =>
    totals === undefined ? '…' : format(values.reduce<number>((sum, value) => sum + (value ?? 0), 0));
  const since = stats === undefined ? {} : sinceDay(stats.from);
  const list = (resource: string, filters: Record<string, string> = {}) =>
    listPath(resource, { ...filters, ...since });
  const figures = [
    {
      name: text('figure.activeAccounts'),
      total: sum(countText, totals?.active_accounts),
      to: list('chats'),
    },
    { name: text('figure.newAccounts'), total: sum(countText, totals?.accounts), to: list('users') },
    { name: text('figure.chats'), total: sum(countText, totals?.chats), to: list('chats') },
    {
      name: text('figure.failed'),
      total: sum(countText, totals?.failures),
      to: list('chats', { status: 'failed' }),
    },
    {
      name: text('figure.cancelled'),
      total: sum(countText, totals?.cancelled),
      to: list('chats', { status: 'cancelled' }),
    },
    {
      name: text('figure.charged', { unit: unitLabel() }),
      total: sum(creditNumber, totals?.tokens_charged, totals?.tokens_metered),
      to: list('entries', { kind: 'charge' }),
    },
    {
      name: text('figure.granted', { unit: unitLabel() }),
      total: sum(creditNumber, totals?.tokens_granted),
      to: list('entries', { kind: 'grant' }),
    },
    {
      name: text('figure.notCollected', { unit: unitLabel() }),
      total: sum(creditNumber, totals?.tokens_uncollected),
      to: list('entries', { kind: 'charge' }),
    },
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
        {figures.map(({ name, total, to }) => (
          <Card key={name} component="div">
            <CardActionArea component={Link} to={to} sx={{ p: 1.5, height: '100%' }}>
              <Typography component="div" variant="caption" color="text.secondary">
                {name}
              </Typography>
              <Typography
                component="div"
                sx={{ fontSize: '1.35rem', fontWeight: 650, overflowWrap: 'anywhere' }}
              >
                {total}
              </Typography>
            </CardActionArea>
          </Card>
        ))}
      </Box>
      <Charts days={stats?.by_day ?? []} />
    </>
  );
}
