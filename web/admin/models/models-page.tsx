import { Box, Chip, TableCell, TableRow, Typography } from '@mui/material';
import { useDataProvider } from 'react-admin';
import type { ModelWithHealth } from '../../api/api-objects.js';
import { formatPrice } from '../../api/format-price.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { countText } from '../ui/amount.js';
import { QueryCard } from '../ui/query-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { Timestamp } from '../ui/timestamp.js';
import { text } from '../texts/page-texts.js';
import { numberFormat } from '../../language/message.js';
import { PageTitle } from '../ui/page-title.js';

/** The models on offer, with their prices and how they have worked. */
export default function ModelsPage() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <PageTitle title={text('models.title')} />
      <QueryCard title={text('models.title')} queryKey={['models']} read={() => dataProvider.models()}>
        {(models) => (
          <>
            <ScrollingTable
              label={text('models.title')}
              columns={[
                ...[text('column.model'), text('models.health'), `#${text('models.replies')}`],
                ...[`#${text('models.failures')}`, text('models.lastSuccess'), text('column.price')],
                `#${text('models.context')}`,
              ]}
            >
              {models.map((model) => (
                <ModelRow key={model.name} model={model} />
              ))}
            </ScrollingTable>
            <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
              {text('models.about')}
            </Typography>
          </>
        )}
      </QueryCard>
    </Box>
  );
}

function ModelRow({ model }: { model: ModelWithHealth }) {
  const { name, health, context_tokens } = model;
  return (
    <TableRow>
      <TableCell sx={{ minWidth: 140, overflowWrap: 'anywhere' }}>
        {name}
        {model.default ? (
          <Typography component="span" variant="body2" color="text.secondary">
            {' '}
            {text('models.default')}
          </Typography>
        ) : null}
      </TableCell>
      <TableCell>
        <HealthChip health={health} />
      </TableCell>
      <TableCell align="right">{countText(health.replies)}</TableCell>
      <TableCell align="right">{countText(health.failures)}</TableCell>
      <TableCell>
        <Timestamp at={health.last_success_at} absent={text('models.notLately')} />
      </TableCell>
      <TableCell sx={{ minWidth: 200 }}>{formatPrice(model)}</TableCell>
      <TableCell align="right">{countText(context_tokens)}</TableCell>
    </TableRow>
  );
}

/** The verdict is written, so that it does not depend on its colour. */
function HealthChip({ health: { error_rate: rate } }: { health: ModelWithHealth['health'] }) {
  if (rate === null) return <Chip label={text('models.notUsed')} variant="outlined" />;
  if (rate === 0) return <Chip label={text('models.works')} color="success" variant="outlined" />;
  const percent = numberFormat({ style: 'percent', maximumFractionDigits: 1 });
  const label = text('models.fail', { rate: percent.format(rate) });
  return <Chip label={label} color={rate < 0.5 ? 'warning' : 'error'} variant="outlined" />;
}
