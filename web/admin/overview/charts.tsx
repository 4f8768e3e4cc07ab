import { Box, Card, CardContent, Typography } from '@mui/material';
import { useNavigate } from 'react-admin';
import { unitLabel } from '../../api/credits.js';
import type { Statistics } from '../../api/api-objects.js';
import { DayChart, type Series } from '../ui/day-chart.js';
import { listPath, wholeDay } from './list-path.js';
import { text } from '../texts/texts.js';

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
    title: text('chart.chats'),
    series: [{ name: text('chart.chats'), color: 'primary', valueOf: ({ chats }) => chats }],
    list: ['chats'],
  },
  {
    title: unitLabel(),
    isCredits: true,
    series: [
      { name: text('chart.chargedForChats'), color: 'primary', valueOf: (day) => day.tokens_charged },
      { name: text('chart.chargedForActions'), color: 'warning', valueOf: (day) => day.tokens_metered },
      { name: text('chart.granted'), color: 'info', valueOf: (day) => day.tokens_granted },
    ],
    list: ['entries'],
  },
  {
    title: text('chart.accounts'),
    series: [
      { name: text('chart.active'), color: 'primary', valueOf: (day) => day.active_accounts },
      { name: text('chart.new'), color: 'info', valueOf: (day) => day.accounts },
    ],
    list: ['users'],
  },
  {
    title: text('chart.incomplete'),
    series: [
      { name: text('figure.failed'), color: 'error', valueOf: (day) => day.failures },
      { name: text('figure.cancelled'), color: 'warning', valueOf: (day) => day.cancelled },
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
        <Card key={title} component="section" aria-label={text('chart.byDay', { what: title })}>
          <CardContent>
            <Typography component="h2" variant="h6" gutterBottom>
              {text('chart.byDay', { what: title })}
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
