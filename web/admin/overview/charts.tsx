import { Box, Card, CardContent, Typography, useTheme } from '@mui/material';
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
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

/** Charts by day. A module of its own, because the chart library is large. */
export default function Charts({ days }: { days: readonly Day[] }) {
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

function Chart({ days, series, isCredits }: ChartProps) {
  const { palette } = useTheme();
  const axis = { stroke: palette.text.secondary, fontSize: 12, tickLine: false };
  return (
    <ResponsiveContainer width="100%" height={190}>
      <BarChart data={[...days]} margin={{ top: 4, right: 4, left: 0, bottom: 0 }}>
        <CartesianGrid vertical={false} stroke={palette.divider} />
        <XAxis dataKey="day" tickFormatter={shortDay} minTickGap={24} {...axis} />
        <YAxis
          allowDecimals={false}
          tickFormatter={isCredits ? compactCredits : shortCount}
          width={44}
          axisLine={false}
          {...axis}
        />
        <Tooltip
          cursor={{ fill: palette.action.hover }}
          contentStyle={{ background: palette.background.paper, border: `1px solid ${palette.divider}` }}
          formatter={(value) => (isCredits ? creditNumber : countText)(Number(value))}
        />
        {series.length > 1 ? <Legend /> : null}
        {series.map(({ field, name, color }) => (
          <Bar key={field} dataKey={field} name={name} fill={palette[color].main} isAnimationActive={false} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

const dayNames = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const shortNumbers = new Intl.NumberFormat(undefined, { notation: 'compact' });

function shortDay(day: string): string {
  return dayNames.format(new Date(`${day}T00:00:00Z`));
}

function shortCount(count: number): string {
  return shortNumbers.format(count);
}
