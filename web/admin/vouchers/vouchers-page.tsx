import { Box, Button, Chip, TableCell, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider } from 'react-admin';
import { alignedCredits, unitLabel } from '../../api/credits.js';
import { durationText } from '../../api/duration-text.js';
import type { CreatedVouchers, Vouchers } from '../../api/shop-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { countText } from '../ui/amount.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { PagedCard } from '../ui/paged-card.js';
import { ScrollingTable } from '../ui/scrolling-table.js';
import { Timestamp } from '../ui/timestamp.js';
import { CreateVouchersDialog } from './create-vouchers-dialog.js';
import { NewCodes } from './new-codes.js';
import { text } from '../texts/page-texts.js';
import { PageTitle } from '../ui/page-title.js';

/** Batches of voucher codes. The codes of a new batch are shown once. */
export default function VouchersPage() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  const [created, setCreated] = useState<CreatedVouchers | null>(null);
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <PageTitle title={text('vouchers.title')} />
      {created === null ? null : (
        <NewCodes
          batch={created}
          onClose={() => {
            setCreated(null);
          }}
        />
      )}
      <PagedCard
        title={text('vouchers.title')}
        queryKey={['vouchers']}
        read={(cursor) => dataProvider.vouchers(cursor)}
        actions={
          <Button
            size="small"
            // The codes of the last batch are shown until they are saved.
            disabled={created !== null}
            onClick={() => {
              setIsOpen(true);
            }}
          >
            {text('vouchers.create')}
          </Button>
        }
        empty={text('vouchers.none')}
      >
        {(batches) => (
          <ScrollingTable
            label={text('vouchers.title')}
            columns={[
              ...[text('vouchers.title'), text('column.state'), `#${text('vouchers.codes')}`],
              ...[`#${text('vouchers.each', { unit: unitLabel() })}`, `#${text('vouchers.redeemed')}`],
              ...[text('vouchers.until'), text('vouchers.last', { unit: unitLabel() }), ''],
            ]}
          >
            {batches.map((batch) => (
              <BatchRow key={batch.id} batch={batch} />
            ))}
          </ScrollingTable>
        )}
      </PagedCard>
      {isOpen ? (
        <CreateVouchersDialog
          onCreated={setCreated}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      ) : null}
    </Box>
  );
}

/** What a batch is called: its name, or when it was created. */
function batchName({ name, count }: Vouchers): string {
  return name ?? text('vouchers.unnamed', { count });
}

function BatchRow({ batch }: { batch: Vouchers }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const { id, name, count, credits, max_redemptions, redemptions, expires_at, credits_expire_after } = batch;
  const state = stateOf(batch);
  return (
    <TableRow>
      <TableCell sx={{ minWidth: 140, overflowWrap: 'anywhere' }}>
        {name}
        <Box component="span" sx={{ display: 'block', color: 'text.secondary' }}>
          <Timestamp at={batch.created_at} />
        </Box>
      </TableCell>
      <TableCell>
        <Chip
          label={text(`voucherState.${state}`)}
          color={state === 'open' ? 'success' : 'default'}
          variant="outlined"
        />
      </TableCell>
      <TableCell align="right">{countText(count)}</TableCell>
      <TableCell align="right">{alignedCredits(credits)}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        {text('vouchers.redeemedOf', { count: redemptions, most: count * max_redemptions })}
      </TableCell>
      <TableCell>
        <Timestamp at={expires_at} absent={text('vouchers.noEnd')} />
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        {credits_expire_after === null ? text('vouchers.forEver') : durationText(credits_expire_after)}
      </TableCell>
      <TableCell align="right">
        {state === 'open' ? (
          <ConfirmButton
            label={text('vouchers.end')}
            name={text('vouchers.endNamed', { name: batchName(batch) })}
            title={text('vouchers.endTitle', { name: batchName(batch) })}
            content={<Typography>{text('vouchers.endAbout', { count })}</Typography>}
            done={text('vouchers.ended')}
            act={() => dataProvider.endVouchers(id)}
          />
        ) : null}
      </TableCell>
    </TableRow>
  );
}

type State = 'ended' | 'expired' | 'usedUp' | 'open';

function stateOf({ ended_at, expires_at, redemptions, count, max_redemptions }: Vouchers): State {
  if (ended_at !== null) return 'ended';
  if (expires_at !== null && Date.parse(expires_at) <= Date.now()) return 'expired';
  return redemptions >= count * max_redemptions ? 'usedUp' : 'open';
}
