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

/** What a user gets in each period, with a button that changes it. */
export function AllowanceCard({ user }: { user: ListedUser }) {
  const dataProvider = useDataProvider<AdminDataProvider>();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <QueryCard
      title="Allowance"
      queryKey={['allowance', user.id]}
      read={() => dataProvider.allowance(user.id)}
      actions={
        <Button
          size="small"
          onClick={() => {
            setIsOpen(true);
          }}
        >
          Set the allowance
        </Button>
      }
    >
      {(allowance) => (
        <>
          <AllowanceText allowance={allowance} />
          {allowance.is_default ? null : (
            <ConfirmButton
              label="Use the default"
              name={`Use the default allowance for ${user.username}`}
              title="Use the default allowance?"
              content="The allowance of this account is removed; the default of the server applies from its next use on."
              done="The default allowance applies."
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
        {is_default ? 'None: the server has no default allowance.' : 'None: it was removed for this account.'}
      </Typography>
    );
  return (
    <>
      <Typography>
        {allowanceText({ amount, every })}
        {is_default ? ', the default of the server' : ', set for this account'}
      </Typography>
      <Typography color="text.secondary" variant="body2">
        The next one begins <Timestamp at={renews_at} />, and is given at the first use. What is left of the
        last one ends then.
      </Typography>
    </>
  );
}

const periodChoices = (['day', 'week', 'month'] as const).map((value) => ({
  value,
  label: windowText(value),
}));

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
    notify(`The allowance of ${user.username} is set.`, { type: 'success' });
    refresh();
    onClose();
  };
  return (
    <FormDialog
      title={`Allowance of ${user.username}`}
      form={form}
      submitLabel="Set the allowance"
      send={send}
      onClose={onClose}
    >
      <CreditsField
        label={unitLabel()}
        name="amount"
        value={typed}
        onValue={setTyped}
        error={errors['amount']}
        hint="0 for none."
      />
      <ChoiceField
        label="How often"
        name="every"
        value={every}
        choices={periodChoices}
        onValue={setEvery}
        error={errors['every']}
        hint="It is given at the first use in each period. What is left of it ends with the period."
      />
    </FormDialog>
  );
}
