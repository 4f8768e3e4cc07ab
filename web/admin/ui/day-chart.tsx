import { Box, Typography } from '@mui/material';
import { compactCredits, creditNumber } from '../../api/credits.js';
import { countText } from './amount.js';
import { text } from '../texts/texts.js';
import { dateFormat, numberFormat } from '../../language/message.js';

/** What a chart shows of each day. */
export interface Series<Day> {
  name: string;
  color: 'primary' | 'info' | 'error' | 'warning' | 'success';
  valueOf: (day: Day) => number;
}

interface DayChartProps<Day extends { day: string }> {
  days: readonly Day[];
  series: readonly Series<Day>[];
  /** True for amounts of credits, false for counts. */
  isCredits: boolean;
  /** Opens what a day consists of. The figures that the chart shows by day lead there too, for keyboards. */
  onDay?: (day: string) => void;
}

/** Bars by day; without days it is empty, and as high. A library for charts would be half of the scripts of this page. */
export function DayChart<Day extends { day: string }>({
  days,
  series,
  isCredits,
  onDay,
}: DayChartProps<Day>) {
  const most = Math.max(1, ...days.flatMap((day) => series.map(({ valueOf }) => valueOf(day))));
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
              data-day={day.day}
              title={[
                shortDay(day.day),
                ...series.map(({ name, valueOf }) =>
                  text('chart.value', { name, value: exact(valueOf(day)) }),
                ),
              ].join('\n')}
              onClick={
                onDay === undefined
                  ? undefined
                  : () => {
                      onDay(day.day);
                    }
              }
              sx={{
                ...{ flex: 1, minWidth: 0, px: '1px', display: 'flex', alignItems: 'flex-end', gap: '1px' },
                ...(onDay === undefined ? {} : { cursor: 'pointer' }),
                '&:hover': { bgcolor: 'action.hover' },
              }}
            >
              {series.map(({ name, color, valueOf }) => (
                <Box
                  key={name}
                  sx={{ flex: 1, bgcolor: `${color}.main`, height: `${(100 * valueOf(day)) / most}%` }}
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
      <Box sx={{ minHeight: 20, display: 'flex', flexWrap: 'wrap', justifyContent: 'center', columnGap: 2 }}>
        {series.length < 2
          ? null
          : series.map(({ name, color }) => <LegendItem key={name} {...{ name, color }} />)}
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

function LegendItem({ name, color }: Pick<Series<never>, 'name' | 'color'>) {
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

function shortDay(day: string): string {
  return dateFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

function shortCount(count: number): string {
  return numberFormat({ notation: 'compact' }).format(count);
}
