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
import { text } from '../texts/page-texts.js';

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
    const refunded = moneyText(amount, currency);
    notify(
      after.refunded > order.refunded
        ? text('refund.done', { amount: refunded })
        : text('refund.requested', { amount: refunded }),
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
    return text('refund.appliedBefore');
  };
  return (
    <FormDialog
      title={text('refund.title', { package: name, username })}
      form={form}
      submitLabel={
        amount === null ? text('refund.open') : text('refund.amount', { amount: moneyText(amount, currency) })
      }
      isDestructive
      send={send}
      onError={onError}
      onClose={onClose}
    >
      <Typography>
        {order.refunded === 0
          ? text('refund.paid', { paid: moneyText(price, currency) })
          : text('refund.paidAndRefunded', {
              paid: moneyText(price, currency),
              refunded: moneyText(order.refunded, currency),
            })}
      </Typography>
      <FormField
        label={text('refund.field', { currency: currency.toUpperCase() })}
        name="amount"
        value={typed}
        onValue={setTyped}
        error={form.errors['amount']}
        hint={text('refund.atMost', { amount: moneyText(left, currency) })}
        autoFocus
        autoComplete="off"
        attributes={{ inputMode: 'decimal' }}
      />
      <Typography color="text.secondary">{text('refund.about')}</Typography>
    </FormDialog>
  );
}
