import { Box, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useRefresh } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import { failureCode } from '../api/failure.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import {
  balanceTitle,
  creditAmount,
  creditNumber,
  readCredits,
  signedCredits,
  unitAfter,
  unitLabel,
} from '../../api/credits.js';
import { CreditsField } from '../ui/credits-field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { MomentField, momentOf } from '../ui/moment-field.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';
import { newIdempotencyKey } from '../../api/idempotency-key.js';
import { LotChoice } from './lot-choice.js';
import { richText, text } from '../texts/page-texts.js';

interface AdjustBalanceDialogProps {
  user: ListedUser;
  onClose: () => void;
}

/** Grants or deducts credits. All requests of one opened dialog have the same idempotency key, so it applies once. */
export function AdjustBalanceDialog({ user, onClose }: AdjustBalanceDialogProps) {
  const [key, setKey] = useState(newIdempotencyKey);
  const [direction, setDirection] = useState<'grant' | 'deduct'>('grant');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [expiry, setExpiry] = useState('');
  const [priority, setPriority] = useState('');
  const [lotId, setLotId] = useState('');
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();

  const { credits: amount, problem } = readCredits(typed);
  const signedAmount = amount === null ? 0 : direction === 'grant' ? amount : -amount;
  // A grant pays what the account owes first.
  const paid = Math.min(Math.max(signedAmount, 0), user.debt ?? 0);
  const after = user.tokens + signedAmount - paid;
  const tooMuch =
    after < 0
      ? text('adjust.tooMuch', { username: user.username, amount: creditAmount(user.tokens) })
      : undefined;
  const form = useFormSubmit({
    values: { direction, amount: typed, reason, expires_at: expiry, priority, lot_id: lotId },
    errors: {
      ...(problem === null ? {} : { amount: problem }),
      ...(direction === 'deduct' || /^\s*\d*\s*$/.test(priority)
        ? {}
        : { priority: text('adjust.wholePriority') }),
      ...(reason.trim() === '' ? { reason: text('adjust.noReason') } : {}),
    },
  });
  const { errors } = form;

  const send = async () => {
    const adjustment = {
      amount: signedAmount,
      reason,
      ...(direction === 'grant' && expiry !== '' ? { expires_at: momentOf(expiry) } : {}),
      ...(direction === 'grant' && priority.trim() !== '' ? { priority: Number(priority) } : {}),
      ...(direction === 'deduct' && lotId !== '' ? { lot_id: lotId } : {}),
    };
    const entry = await dataProvider.adjustBalance(user.id, adjustment, key);
    notify(
      text('adjust.done', {
        amount: `${signedCredits(entry.amount)} ${unitAfter(entry.amount)}`,
        username: user.username,
        balance: creditNumber(entry.balance_after),
      }),
      { type: 'success' },
    );
    refresh();
    onClose();
  };
  const onError = (error: unknown) => {
    // The earlier adjustment was applied. This one is another adjustment, so it gets its own key.
    if (failureCode(error) === 'idempotency_key_reused') setKey(newIdempotencyKey());
    refresh();
    return failureText(error, user, signedAmount);
  };

  return (
    <FormDialog
      title={text('adjust.title', { unit: balanceTitle(), username: user.username })}
      form={form}
      submitLabel={
        amount === null
          ? text(`adjust.${direction}`)
          : text(`adjust.amount.${direction}`, { amount: creditNumber(amount) })
      }
      isReady={tooMuch === undefined}
      send={send}
      onError={onError}
      onClose={onClose}
    >
      <ToggleButtonGroup
        exclusive
        fullWidth
        size="small"
        color="primary"
        value={direction}
        aria-label={text('adjust.action')}
        onChange={(_, chosen: 'grant' | 'deduct' | null) => {
          if (chosen !== null) setDirection(chosen);
        }}
      >
        <ToggleButton value="grant">{text('adjust.grant')}</ToggleButton>
        <ToggleButton value="deduct">{text('adjust.deduct')}</ToggleButton>
      </ToggleButtonGroup>
      <CreditsField
        label={unitLabel()}
        name="amount"
        value={typed}
        onValue={setTyped}
        error={tooMuch ?? errors['amount']}
      />
      <FormField
        label={text('adjust.reason')}
        name="reason"
        value={reason}
        onValue={setReason}
        error={errors['reason']}
        hint={text('adjust.reasonHint')}
        multiline
        maxRows={4}
        attributes={{ autoCapitalize: 'sentences', spellCheck: true, maxLength: 500 }}
      />
      {direction === 'deduct' ? (
        <LotChoice user={user} value={lotId} onValue={setLotId} error={errors['lot_id']} />
      ) : (
        <>
          <MomentField
            label={text('adjust.expires')}
            name="expires_at"
            value={expiry}
            onValue={setExpiry}
            error={errors['expires_at']}
            hint={text('adjust.expiresHint')}
          />
          <FormField
            label={text('adjust.priority')}
            name="priority"
            value={priority}
            onValue={setPriority}
            error={errors['priority']}
            hint={text('adjust.priorityHint')}
            autoComplete="off"
            attributes={{ inputMode: 'numeric' }}
          />
        </>
      )}
      <Preview before={user.tokens} after={tooMuch === undefined ? after : null} />
    </FormDialog>
  );
}

/** The balance before and after; `after` is null if it cannot be done. */
function Preview({ before, after }: { before: number; after: number | null }) {
  return (
    <Box
      role="status"
      sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, fontVariantNumeric: 'tabular-nums' }}
    >
      <Typography color="text.secondary">
        {richText('adjust.before', { amount: <b>{creditNumber(before)}</b> })}
      </Typography>
      <Typography>
        {richText('adjust.after', { amount: <b>{after === null ? '—' : creditNumber(after)}</b> })}
      </Typography>
    </Box>
  );
}

function failureText(error: unknown, user: ListedUser, amount: number): string | null {
  const code = failureCode(error);
  if (code === 'balance_out_of_range') {
    return amount < 0
      ? text('adjust.notAvailable', { username: user.username, amount: creditAmount(-amount) })
      : text('adjust.tooLarge');
  }
  if (code === 'idempotency_key_reused') {
    return text('adjust.appliedBefore');
  }
  return messageAbove(error);
}
