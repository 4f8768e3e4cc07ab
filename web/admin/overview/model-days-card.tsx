import { Card, CardContent, Typography } from '@mui/material';
import { useNavigate } from 'react-admin';
import type { Statistics } from '../../api/api-objects.js';
import { unitLabel } from '../../api/credits.js';
import { DayChart, type Series } from '../ui/day-chart.js';
import { listPath, wholeDay } from './list-path.js';
import { text } from '../texts/texts.js';

const colors = ['primary', 'info', 'warning', 'success', 'error'] as const;

interface ModelDay {
  day: string;
  charged: ReadonlyMap<string, number>;
}

/** What each model was charged for, by day: the models that cost most, and the others together. */
export function ModelDaysCard({ stats }: { stats: Statistics }) {
  const navigate = useNavigate();
  const title = text('chart.byModelAndDay', { unit: unitLabel() });
  return (
    <Card component="section" aria-label={title}>
      <CardContent>
        <Typography component="h2" variant="h6" gutterBottom>
          {title}
        </Typography>
        <DayChart
          days={daysOf(stats)}
          series={seriesOf(stats)}
          isCredits
          onDay={(day) => {
            navigate(listPath('chats', wholeDay(day)));
          }}
        />
      </CardContent>
    </Card>
  );
}

function daysOf({ by_day, by_day_and_model }: Statistics): ModelDay[] {
  const byDay = new Map(by_day.map(({ day }) => [day, new Map<string, number>()]));
  for (const { day, model, tokens_charged: charged } of by_day_and_model) byDay.get(day)?.set(model, charged);
  return Array.from(byDay, ([day, charged]) => ({ day, charged }));
}

function seriesOf({ by_model }: Statistics): Series<ModelDay>[] {
  const models = by_model
    .toSorted((left, right) => right.tokens_charged - left.tokens_charged)
    .map(({ model }) => model);
  const shown = models.length > colors.length ? models.slice(0, colors.length - 1) : models;
  const others = models.slice(shown.length);
  const sumOf = (charged: ModelDay['charged'], names: readonly string[]) =>
    names.reduce((sum, name) => sum + (charged.get(name) ?? 0), 0);
  const groups = [
    ...shown.map((model) => ({ name: model, models: [model] })),
    ...(others.length === 0 ? [] : [{ name: text('chart.otherModels'), models: others }]),
  ];
  return groups.map(({ name, models: ofGroup }, index) => ({
    name,
    color: colors[index] ?? 'primary',
    valueOf: ({ charged }) => sumOf(charged, ofGroup),
  }));
}
