import { Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useRefresh } from 'react-admin';
import { readCredits, unitLabel } from '../../api/credits.js';
import type { AccountAllowance, AllowanceChange, ListedUser } from '../../api/api-objects.js';
import { allowanceText, windowText } from '../../api/wallet-texts.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { ChoiceField } from '../ui/choice-field.js';
import { ConfirmButton } from '../ui/confirm-button.js';
import { CreditsField } from '../ui/credits-field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { QueryCard } from '../ui/query-card.js';
import { Timestamp } from '../ui/timestamp.js';
import { useFormSubmit } from '../ui/use-form-submit.js';
import { richText, text } from '../texts/page-texts.js';

/** What a user gets in each period, with a button that changes it. */
export function AllowanceCard({ user }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <QueryCard
      title={text('allowance.title')}
      queryKey={['allowance', user.id]}
      read={() => dataProvider.allowance(user.id)}
      actions={
        <Button
          size="small"
          onClick={() => {
            setIsOpen(true);
          }}
        >
          {text('allowance.set')}
        </Button>
      }
    >
      {(allowance) => (
        <>
          <AllowanceText allowance={allowance} />
          {allowance.is_default ? null : (
            <ConfirmButton
              label={text('allowance.useDefault')}
              name={text('allowance.useDefaultFor', { username: user.username })}
              title={text('allowance.useDefaultTitle')}
              content={text('allowance.useDefaultAbout')}
              done={text('allowance.isDefault')}
              act={() => dataProvider.removeAllowance(user.id)}
            />
          )}
          {isOpen ? (
            <AllowanceDialog
              user={user}
              onClose={() => {
                setIsOpen(false);
              }}
            />
          ) : null}
        </>
      )}
    </QueryCard>
  );
}

function AllowanceText({
  allowance: { amount, every, renews_at, is_default },
}: {
  allowance: AccountAllowance;
}) {
  if (amount === 0 || every === null)
    return (
      <Typography color="text.secondary">
        {text(is_default ? 'allowance.noDefault' : 'allowance.removed')}
      </Typography>
    );
  return (
    <>
      <Typography>
        {text(is_default ? 'allowance.default' : 'allowance.own', {
          allowance: allowanceText({ amount, every }),
        })}
      </Typography>
      <Typography color="text.secondary" variant="body2">
        {richText('allowance.next', { moment: <Timestamp at={renews_at} /> })}
      </Typography>
    </>
  );
}

const periodChoices = () =>
  (['day', 'week', 'month'] as const).map((value) => ({ value, label: windowText(value) }));

function AllowanceDialog({ user, onClose }: { user: ListedUser; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [every, setEvery] = useState<AllowanceChange['every']>('month');
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();
  const { credits, problem } = readCredits(typed, 0);
  const form = useFormSubmit({
    values: { amount: typed, every },
    errors: problem === null ? {} : { amount: problem },
  });
  const { errors } = form;
  const send = async () => {
    await dataProvider.setAllowance(user.id, { amount: credits ?? 0, every });
    notify(text('allowance.done', { username: user.username }), { type: 'success' });
    refresh();
    onClose();
  };
  return (
    <FormDialog
      title={text('allowance.of', { username: user.username })}
      form={form}
      submitLabel={text('allowance.set')}
      send={send}
      onClose={onClose}
    >
      <CreditsField
        label={unitLabel()}
        name="amount"
        value={typed}
        onValue={setTyped}
        error={errors['amount']}
        hint={text('allowance.zero')}
      />
      <ChoiceField
        label={text('allowance.every')}
        name="every"
        value={every}
        choices={periodChoices()}
        onValue={setEvery}
        error={errors['every']}
        hint={text('allowance.everyHint')}
      />
    </FormDialog>
  );
}
