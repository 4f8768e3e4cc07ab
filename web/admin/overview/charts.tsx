import { Box, Card, CardContent, Typography } from '@mui/material';
import { useNavigate } from 'react-admin';
import { unitLabel } from '../../api/credits.js';
import type { Statistics } from '../../api/api-objects.js';
import { DayChart, type Series } from '../ui/day-chart.js';
import { listPath, wholeDay } from './list-path.js';

type Day = Statistics['by_day'][number];

interface ChartOptions {
  title: string;
  series: Series<Day>[];
  /** True for amounts of credits, false for counts. */
  isCredits?: boolean;
  /** The list that explains a day, with its filters. */
  list: [resource: string, filters?: Record<string, string>];
}

/** The charts that every server has. */
const charts = (): ChartOptions[] => [
  {
    title: 'Chats',
    series: [{ name: 'Chats', color: 'primary', valueOf: ({ chats }) => chats }],
    list: ['chats'],
  },
  {
    title: unitLabel(),
    isCredits: true,
    series: [
      { name: 'Charged for chats', color: 'primary', valueOf: (day) => day.tokens_charged },
      { name: 'Charged for other actions', color: 'warning', valueOf: (day) => day.tokens_metered },
      { name: 'Granted', color: 'info', valueOf: (day) => day.tokens_granted },
    ],
    list: ['entries'],
  },
  {
    title: 'Active and new accounts',
    series: [
      { name: 'Active', color: 'primary', valueOf: (day) => day.active_accounts },
      { name: 'New', color: 'info', valueOf: (day) => day.accounts },
    ],
    list: ['users'],
  },
  {
    title: 'Chats without a complete reply',
    series: [
      { name: 'Failed', color: 'error', valueOf: (day) => day.failures },
      { name: 'Cancelled', color: 'warning', valueOf: (day) => day.cancelled },
    ],
    list: ['chats', { status: 'failed' }],
  },
];

/** Charts by day; without days they are empty, and as high. A click on a day opens the list that explains it. */
export function Charts({ days }: { days: readonly Day[] }) {
  const navigate = useNavigate();
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
      }}
    >
      {charts().map(({ title, series, isCredits = false, list: [resource, filters = {}] }) => (
        <Card key={title} component="section" aria-label={`${title} by day`}>
          <CardContent>
            <Typography component="h2" variant="h6" gutterBottom>
              {title} by day
            </Typography>
            <DayChart
              days={days}
              series={series}
              isCredits={isCredits}
              onDay={(day) => {
                navigate(listPath(resource, { ...filters, ...wholeDay(day) }));
              }}
            />
          </CardContent>
        </Card>
      ))}
    </Box>
  );
}
