import { Box, TextField, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useRefresh } from 'react-admin';
import { codeOf, fieldSentences, sentenceOf } from '../api/problem.js';
import { answered } from '../lists/answered.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { amountText, signedText } from '../look/amount.js';
import { FormDialog } from '../look/form-dialog.js';
import { newAdjustmentKey, readAmount } from './adjustment.js';
import type { User } from './user.js';

interface AdjustBalanceDialogProps {
  user: User;
  onClose: () => void;
}

/**
 * Gives somebody tokens or takes some away. However often it is sent, what one opened dialog asks for is done once:
 * all of its requests have the same key.
 */
export function AdjustBalanceDialog({ user, onClose }: AdjustBalanceDialogProps) {
  const [key, setKey] = useState(newAdjustmentKey);
  const [direction, setDirection] = useState<'grant' | 'deduct'>('grant');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();

  const amount = readAmount(typed);
  const signedAmount = amount === null ? 0 : direction === 'grant' ? amount : -amount;
  const after = user.tokens + signedAmount;

  const submit = async () => {
    setFailure(null);
    const found = {
      ...(amount === null ? { amount: 'A whole number above 0.' } : {}),
      ...(reason.trim() === '' ? { reason: 'Say why: it stands in the ledger for good.' } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    setIsBusy(true);
    try {
      const entry = answered(
        await dataProvider.adjustBalance(user.id, { amount: signedAmount, reason, key }),
      );
      notify(
        `${signedText(entry.amount)} tokens for ${user.username}: ${amountText(entry.balance_after)} now.`,
        { type: 'success' },
      );
      refresh();
      onClose();
    } catch (error) {
      const code = codeOf(error);
      setFaults(fieldSentences(error));
      setFailure(failureSentence(error, user));
      // What an earlier try did is done; what is asked for now is something else.
      if (code === 'idempotency_key_reused') setKey(newAdjustmentKey());
      refresh();
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <FormDialog
      title={`Tokens of ${user.username}`}
      failure={failure}
      isBusy={isBusy}
      action={`${direction === 'grant' ? 'Grant' : 'Deduct'}${amount === null ? '' : ` ${amountText(amount)}`}`}
      onSubmit={submit}
      onClose={onClose}
    >
      <ToggleButtonGroup
        exclusive
        fullWidth
        size="small"
        color="primary"
        value={direction}
        aria-label="What to do"
        onChange={(_, chosen: 'grant' | 'deduct' | null) => {
          if (chosen !== null) setDirection(chosen);
        }}
      >
        <ToggleButton value="grant">Grant</ToggleButton>
        <ToggleButton value="deduct">Deduct</ToggleButton>
      </ToggleButtonGroup>
      <TextField
        label="Tokens"
        name="amount"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
        error={faults['amount'] !== undefined}
        helperText={faults['amount']}
        autoFocus
        autoComplete="off"
        slotProps={{ htmlInput: { inputMode: 'numeric' } }}
      />
      <TextField
        label="Reason"
        name="reason"
        value={reason}
        onChange={(event) => {
          setReason(event.target.value);
        }}
        error={faults['reason'] !== undefined}
        helperText={faults['reason'] ?? 'The person sees it beside the entry.'}
        multiline
        maxRows={4}
        slotProps={{ htmlInput: { maxLength: 500 } }}
      />
      <Preview before={user.tokens} after={after} />
    </FormDialog>
  );
}

function Preview({ before, after }: { before: number; after: number }) {
  return (
    <Box
      role="status"
      sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, fontVariantNumeric: 'tabular-nums' }}
    >
      <Typography color="text.secondary">
        Before <b>{amountText(before)}</b>
      </Typography>
      <Typography color={after < 0 ? 'error' : 'text.primary'}>
        After <b>{amountText(after)}</b>
      </Typography>
    </Box>
  );
}

function failureSentence(error: unknown, user: User): string | null {
  const code = codeOf(error);
  if (code === 'balance_out_of_range') {
    return `Not done: ${user.username} does not have that many tokens to spare. A balance never goes below 0, nor above what can be counted exactly.`;
  }
  if (code === 'idempotency_key_reused') {
    return 'An earlier try from here was done after all, though its answer never came: look at the balance before. Press again to do this one as well.';
  }
  return Object.keys(fieldSentences(error)).length > 0 ? null : sentenceOf(error);
}
