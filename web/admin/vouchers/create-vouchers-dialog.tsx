import { useState } from 'react';
import { useDataProvider, useRefresh } from 'react-admin';
import { readCredits, unitAfter, unitLabel } from '../../api/credits.js';
import type { CreatedVouchers } from '../../api/shop-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { CreditsField } from '../ui/credits-field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { MomentField, momentOf } from '../ui/moment-field.js';
import { useFormSubmit } from '../ui/use-form-submit.js';
import { text } from '../texts/page-texts.js';

interface CreateVouchersDialogProps {
  onCreated: (batch: CreatedVouchers) => void;
  onClose: () => void;
}

const wholeNumber = /^\s*[1-9]\d{0,6}\s*$/;

function mustBeWhole(field: string, typed: string): Record<string, string> {
  return wholeNumber.test(typed) ? {} : { [field]: text('newVouchers.whole') };
}

/** Creates a batch of vouchers. */
export function CreateVouchersDialog({ onCreated, onClose }: CreateVouchersDialogProps) {
  const [credits, setCredits] = useState('');
  const [count, setCount] = useState('1');
  const [redemptions, setRedemptions] = useState('1');
  const [name, setName] = useState('');
  const [expiry, setExpiry] = useState('');
  const [days, setDays] = useState('');
  const dataProvider = useDataProvider<AdminDataProvider>();
  const refresh = useRefresh();
  const amount = readCredits(credits);
  const form = useFormSubmit({
    values: {
      ...{ credits, count, max_redemptions: redemptions, name },
      ...{ expires_at: expiry, credits_expire_after: days },
    },
    errors: {
      ...(amount.problem === null ? {} : { credits: amount.problem }),
      ...mustBeWhole('count', count),
      ...mustBeWhole('max_redemptions', redemptions),
      ...(days.trim() === '' ? {} : mustBeWhole('credits_expire_after', days)),
    },
  });
  const { errors } = form;
  const send = async () => {
    const body = {
      count: Number(count),
      credits: amount.credits ?? 0,
      max_redemptions: Number(redemptions),
      name: name.trim() === '' ? null : name,
      expires_at: momentOf(expiry),
      credits_expire_after: days.trim() === '' ? null : `${days.trim()}d`,
    };
    onCreated(await dataProvider.createVouchers(body));
    refresh();
    onClose();
  };
  return (
    <FormDialog
      title={text('vouchers.create')}
      form={form}
      submitLabel={text('ui.create')}
      send={send}
      onClose={onClose}
    >
      <CreditsField
        label={text('newVouchers.credits', { unit: unitLabel() })}
        name="credits"
        value={credits}
        onValue={setCredits}
        error={errors['credits']}
      />
      <FormField
        label={text('vouchers.codes')}
        name="count"
        value={count}
        onValue={setCount}
        error={errors['count']}
        hint={text('newVouchers.countHint')}
        autoComplete="off"
        attributes={{ inputMode: 'numeric' }}
      />
      <FormField
        label={text('newVouchers.redemptions')}
        name="max_redemptions"
        value={redemptions}
        onValue={setRedemptions}
        error={errors['max_redemptions']}
        hint={text('newVouchers.redemptionsHint')}
        autoComplete="off"
        attributes={{ inputMode: 'numeric' }}
      />
      <FormField
        label={text('newVouchers.for')}
        name="name"
        value={name}
        onValue={setName}
        error={errors['name']}
        hint={text('newVouchers.forHint')}
        autoComplete="off"
        attributes={{ autoCapitalize: 'sentences', spellCheck: true, maxLength: 100 }}
      />
      <MomentField
        label={text('newVouchers.until')}
        name="expires_at"
        value={expiry}
        onValue={setExpiry}
        error={errors['expires_at']}
      />
      <FormField
        label={text('newVouchers.days', { unit: unitAfter(2) })}
        name="credits_expire_after"
        value={days}
        onValue={setDays}
        error={errors['credits_expire_after']}
        hint={text('newVouchers.daysHint')}
        autoComplete="off"
        attributes={{ inputMode: 'numeric' }}
      />
    </FormDialog>
  );
}
