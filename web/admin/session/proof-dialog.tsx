import { Typography } from '@mui/material';
import { useState } from 'react';
import { hasPasskeys, usePasskey } from '../../api/passkeys.js';
import { fetchJson, withFailures } from '../api/fetch-json.js';
import { ChoiceField } from '../ui/choice-field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { useFormSubmit } from '../ui/use-form-submit.js';

type Method = 'password' | 'code' | 'recovery_code' | 'passkey';

const methods: { value: Method; label: string }[] = [
  { value: 'password', label: 'Your password' },
  { value: 'code', label: 'Code of your authenticator app' },
  { value: 'recovery_code', label: 'One of your recovery codes' },
  { value: 'passkey', label: 'One of your passkeys' },
];

interface ProofDialogProps {
  onProved: () => void;
  /** Called after a proof and when the administrator cancels. */
  onClose: () => void;
}

/** Asks an administrator for the password or a second factor, although they are signed in. */
export function ProofDialog({ onProved, onClose }: ProofDialogProps) {
  const [method, setMethod] = useState<Method>('password');
  const [typed, setTyped] = useState('');
  const form = useFormSubmit({ values: { typed, method } });
  const send = async () => {
    const proof =
      method === 'passkey'
        ? { passkey: await withFailures(() => usePasskey('/api/me/proof/options/')) }
        : { [method]: typed };
    await fetchJson('/api/me/proof/', { method: 'POST', body: proof });
    onProved();
    onClose();
  };
  return (
    <FormDialog
      title="Confirm that it is you"
      form={form}
      submitLabel={method === 'passkey' ? 'Use a passkey' : 'Go on'}
      isReady={method === 'passkey' || typed !== ''}
      send={send}
      onClose={onClose}
    >
      <Typography color="text.secondary">
        Some time has passed since you signed in. Confirm that it is you, or sign out and sign in again.
      </Typography>
      <ChoiceField
        label="Confirm by"
        name="method"
        value={method}
        choices={methods.filter(({ value }) => value !== 'passkey' || hasPasskeys())}
        onValue={(value) => {
          setMethod(value);
          setTyped('');
        }}
      />
      {method === 'passkey' ? null : (
        <FormField
          key={method}
          label={method === 'password' ? 'Password' : 'Code'}
          name={method}
          value={typed}
          onValue={setTyped}
          autoComplete={autoCompletes[method]}
          autoFocus
          required
        />
      )}
    </FormDialog>
  );
}

const autoCompletes = { password: 'current-password', code: 'one-time-code', recovery_code: 'off' };
