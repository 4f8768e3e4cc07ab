import { Box, Button, Chip, TableCell, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { Title, useDataProvider } from 'react-admin';
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

/** Batches of voucher codes. The codes of a new batch are shown once. */
export default function VouchersPage() {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  const [created, setCreated] = useState<CreatedVouchers | null>(null);
  return (
    <Box sx={{ mt: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Title title="Vouchers" />
      {created === null ? null : (
        <NewCodes
          batch={created}
          onClose={() => {
            setCreated(null);
          }}
        />
      )}
      <PagedCard
        title="Vouchers"
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
            Create vouchers
          </Button>
        }
        empty="There are no vouchers yet. Each code gives credits to the accounts that redeem it on the chat page."
      >
        {(batches) => (
          <ScrollingTable
            label="Vouchers"
            columns={[
              ...[
                'Vouchers',
                'State',
                '#Codes',
                `#${unitLabel()} each`,
                '#Redeemed',
                'Can be redeemed until',
              ],
              ...[`${unitLabel()} last`, ''],
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
  return name ?? `${countText(count)} without a name`;
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
        <Chip label={state} color={state === 'open' ? 'success' : 'default'} variant="outlined" />
      </TableCell>
      <TableCell align="right">{countText(count)}</TableCell>
      <TableCell align="right">{alignedCredits(credits)}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        {countText(redemptions)} of {countText(count * max_redemptions)}
      </TableCell>
      <TableCell>
        <Timestamp at={expires_at} absent="no end" />
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        {credits_expire_after === null ? 'for ever' : durationText(credits_expire_after)}
      </TableCell>
      <TableCell align="right">
        {state === 'open' ? (
          <ConfirmButton
            label="End"
            name={`End the vouchers ${batchName(batch)}`}
            title={`End the vouchers ${batchName(batch)}?`}
            content={
              <Typography>
                None of the {countText(count)} codes can be redeemed any more. What was redeemed stays. This
                cannot be undone.
              </Typography>
            }
            done="The vouchers have ended."
            act={() => dataProvider.endVouchers(id)}
          />
        ) : null}
      </TableCell>
    </TableRow>
  );
}

function stateOf({ ended_at, expires_at, redemptions, count, max_redemptions }: Vouchers): string {
  if (ended_at !== null) return 'ended';
  if (expires_at !== null && Date.parse(expires_at) <= Date.now()) return 'expired';
  return redemptions >= count * max_redemptions ? 'used up' : 'open';
}
