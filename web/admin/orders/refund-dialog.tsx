import { Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useRefresh } from 'react-admin';
import { newIdempotencyKey } from '../../api/idempotency-key.js';
import { moneyNumber, moneyText, readMoney } from '../../api/money.js';
import type { ListedOrder } from '../../api/shop-objects.js';
import { failureCode } from '../api/failure.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';

interface RefundDialogProps {
  order: ListedOrder;
  /** Whose order it is. */
  username: string;
  onClose: () => void;
}

/** Refunds an order, whole or in part. */
export function RefundDialog({ order, username, onClose }: RefundDialogProps) {
  const { price, currency, name } = order.package;
  const left = price - order.refunded;
  const [typed, setTyped] = useState(() => moneyNumber(left, currency));
  const [key, setKey] = useState(newIdempotencyKey);
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();
  const { amount, problem } = readMoney(typed, currency, left);
  const form = useFormSubmit({
    values: { amount: typed },
    errors: problem === null ? {} : { amount: problem },
  });
  const send = async () => {
    if (amount === null) return;
    const after = await dataProvider.refundOrder(order.id, amount, key);
    const text = moneyText(amount, currency);
    notify(
      after.refunded > order.refunded
        ? `${text} were paid back.`
        : `The refund of ${text} was requested. The order shows it as soon as the provider confirms it.`,
      { type: 'success' },
    );
    refresh();
    onClose();
  };
  const onError = (error: unknown) => {
    refresh();
    if (failureCode(error) !== 'idempotency_key_reused') return messageAbove(error);
    // The next attempt is another refund, so it gets its own key.
    setKey(newIdempotencyKey());
    return 'An earlier attempt from this dialog asked for another amount, although its response was lost. Check the order. To pay this amount back as well, submit again.';
  };
  return (
    <FormDialog
      title={`Refund ${name} of ${username}`}
      form={form}
      submitLabel={amount === null ? 'Refund' : `Refund ${moneyText(amount, currency)}`}
      isDestructive
      send={send}
      onError={onError}
      onClose={onClose}
    >
      <Typography>
        {moneyText(price, currency)} were paid
        {order.refunded === 0 ? '.' : `, and ${moneyText(order.refunded, currency)} paid back.`}
      </Typography>
      <FormField
        label={`Amount (${currency.toUpperCase()})`}
        name="amount"
        value={typed}
        onValue={setTyped}
        error={form.errors['amount']}
        hint={`At most ${moneyText(left, currency)}.`}
        autoFocus
        autoComplete="off"
        attributes={{ inputMode: 'decimal' }}
      />
      <Typography color="text.secondary">
        What the account got goes back in proportion, bonus included. What it has spent already becomes its
        debt.
      </Typography>
    </FormDialog>
  );
}
