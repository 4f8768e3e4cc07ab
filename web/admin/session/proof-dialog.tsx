import { Typography } from '@mui/material';
import { useState } from 'react';
import { hasPasskeys, usePasskey } from '../../api/passkeys.js';
import { beginProof } from '../../api/provider-sign-in.js';
import type { WaysToProve } from '../../api/ways-to-prove.js';
import { fetchJson, withFailures } from '../api/fetch-json.js';
import { ChoiceField } from '../ui/choice-field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { useFormSubmit } from '../ui/use-form-submit.js';

/** How the administrator confirms, as a choice of the form. */
function choicesOf({ hasPassword, factors, providers }: WaysToProve): { value: string; label: string }[] {
  const hasPasskey = hasPasskeys() && factors?.passkeys.length !== 0;
  return [
    ...(hasPassword ? [{ value: 'password', label: 'Your password' }] : []),
    ...(factors?.totp === null ? [] : [{ value: 'code', label: 'Code of your authenticator app' }]),
    ...(factors?.recovery_codes_left === 0
      ? []
      : [{ value: 'recovery_code', label: 'One of your recovery codes' }]),
    ...(hasPasskey ? [{ value: 'passkey', label: 'One of your passkeys' }] : []),
    ...providers.map(({ id, name }) => ({ value: providerMethod(id), label: `Signing in by ${name}` })),
  ];
}

function providerMethod(id: string): string {
  return `provider ${id}`;
}

interface ProofDialogProps {
  ways: WaysToProve;
  onProved: () => void;
  /** Called after a proof and when the administrator cancels. */
  onClose: () => void;
}

/** Asks an administrator for the password, a second factor or a sign-in at a provider, although they are signed in. */
export function ProofDialog({ ways, onProved, onClose }: ProofDialogProps) {
  const choices = choicesOf(ways);
  const [method, setMethod] = useState(choices[0]?.value ?? 'password');
  const [typed, setTyped] = useState('');
  const form = useFormSubmit({ values: { typed, method } });
  const provider = ways.providers.find(({ id }) => method === providerMethod(id));
  const isByButton = method === 'passkey' || provider !== undefined;
  const send = async () => {
    // The page is left, and the dialog with it.
    if (provider !== undefined) return withFailures(() => beginProof(provider.id, `/admin/${location.hash}`));
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
      isReady={isByButton || typed !== ''}
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
        choices={choices}
        onValue={(value) => {
          setMethod(value);
          setTyped('');
        }}
      />
      {provider === undefined ? null : (
        <Typography color="text.secondary">
          The provider asks you to sign in again, and leads back to this page. Then begin the change again.
        </Typography>
      )}
      {isByButton ? null : (
        <FormField
          key={method}
          label={method === 'password' ? 'Password' : 'Code'}
          name={method}
          value={typed}
          onValue={setTyped}
          autoComplete={autoCompletes[method] ?? 'off'}
          autoFocus
          required
        />
      )}
    </FormDialog>
  );
}

const autoCompletes: Partial<Record<string, string>> = {
  password: 'current-password',
  code: 'one-time-code',
};
