import { Box, Card, CardContent, Typography } from '@mui/material';
import { compactCredits, creditNumber, unitLabel } from '../../api/credits.js';
import { countText } from '../ui/amount.js';
import type { Statistics } from '../../api/api-objects.js';

type Day = Statistics['by_day'][number];

interface Series {
  field: Exclude<keyof Day, 'day'>;
  name: string;
  color: 'primary' | 'info' | 'error' | 'warning';
}

interface ChartOptions {
  title: string;
  series: Series[];
  /** True for amounts of credits, false for counts. */
  isCredits?: boolean;
}

const charts = (): ChartOptions[] => [
  { title: 'Chats', series: [{ field: 'chats', name: 'Chats', color: 'primary' }] },
  {
    title: unitLabel(),
    isCredits: true,
    series: [
      { field: 'tokens_charged', name: 'Charged for chats', color: 'primary' },
      { field: 'tokens_metered', name: 'Charged for other actions', color: 'warning' },
      { field: 'tokens_granted', name: 'Granted', color: 'info' },
    ],
  },
  { title: 'New accounts', series: [{ field: 'accounts', name: 'New accounts', color: 'info' }] },
  {
    title: 'Chats without a complete reply',
    series: [
      { field: 'failures', name: 'Failed', color: 'error' },
      { field: 'cancelled', name: 'Cancelled', color: 'warning' },
    ],
  },
];

/** Charts by day; without days they are empty, and as high. */
export function Charts({ days }: { days: readonly Day[] }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
      }}
    >
      {charts().map(({ title, series, isCredits = false }) => (
        <Card key={title} component="section" aria-label={`${title} by day`}>
          <CardContent>
            <Typography component="h2" variant="h6" gutterBottom>
              {title} by day
            </Typography>
            <Chart days={days} series={series} isCredits={isCredits} />
          </CardContent>
        </Card>
      ))}
    </Box>
  );
}

interface ChartProps extends Pick<ChartOptions, 'series'> {
  days: readonly Day[];
  isCredits: boolean;
}

/** Bars by day. A library for charts would be half of the scripts of this page. */
function Chart({ days, series, isCredits }: ChartProps) {
  const most = Math.max(1, ...days.flatMap((day) => series.map(({ field }) => day[field])));
  const exact = isCredits ? creditNumber : countText;
  const short = isCredits ? compactCredits : shortCount;
  return (
    <>
      <Box sx={{ height: chartHeight, display: 'grid', gridTemplateColumns: '44px minmax(0, 1fr)' }}>
        <Scale top={short(most)} />
        <Box sx={{ display: 'flex', alignItems: 'stretch', borderBottom: 1, borderColor: 'divider' }}>
          {days.map((day) => (
            <Box
              key={day.day}
              title={[
                shortDay(day.day),
                ...series.map(({ field, name }) => `${name}: ${exact(day[field])}`),
              ].join('\n')}
              sx={{
                ...{ flex: 1, minWidth: 0, px: '1px', display: 'flex', alignItems: 'flex-end', gap: '1px' },
                '&:hover': { bgcolor: 'action.hover' },
              }}
            >
              {series.map(({ field, color }) => (
                <Box
                  key={field}
                  sx={{ flex: 1, bgcolor: `${color}.main`, height: `${(100 * day[field]) / most}%` }}
                />
              ))}
            </Box>
          ))}
        </Box>
      </Box>
      <Box sx={{ pl: '44px', height: 20, display: 'flex', justifyContent: 'space-between' }}>
        {[days[0], days[Math.floor(days.length / 2)], days.at(-1)].map((day, index) => (
          <Typography key={index} variant="caption" color="text.secondary">
            {day === undefined ? '' : shortDay(day.day)}
          </Typography>
        ))}
      </Box>
      <Box sx={{ height: 20, display: 'flex', justifyContent: 'center', gap: 2 }}>
        {series.length < 2 ? null : series.map((each) => <LegendItem key={each.field} series={each} />)}
      </Box>
    </>
  );
}

/** The values of the top and the bottom. */
function Scale({ top }: { top: string }) {
  return (
    <Box
      sx={{
        pr: 1,
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        textAlign: 'right',
      }}
    >
      {[top, '0'].map((text) => (
        <Typography key={text} variant="caption" color="text.secondary" sx={{ lineHeight: 1 }}>
          {text}
        </Typography>
      ))}
    </Box>
  );
}

function LegendItem({ series: { name, color } }: { series: Series }) {
  return (
    <Typography
      variant="caption"
      color="text.secondary"
      noWrap
      sx={{ display: 'flex', gap: 0.75, alignItems: 'center' }}
    >
      <Box component="span" sx={{ width: 10, height: 10, flexShrink: 0, bgcolor: `${color}.main` }} />
      {name}
    </Typography>
  );
}

const chartHeight = 150;
const dayNames = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const shortNumbers = new Intl.NumberFormat(undefined, { notation: 'compact' });

function shortDay(day: string): string {
  return dayNames.format(new Date(`${day}T00:00:00Z`));
}

function shortCount(count: number): string {
  return shortNumbers.format(count);
}
