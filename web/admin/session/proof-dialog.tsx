import { Typography } from '@mui/material';
import { useState } from 'react';
import { hasPasskeys, usePasskey } from '../../api/passkeys.js';
import { beginProof } from '../../api/provider-sign-in.js';
import type { WaysToProve } from '../../api/ways-to-prove.js';
import { fetchJson, withFailures } from '../api/fetch-json.js';
import { text } from '../texts/texts.js';
import { ChoiceField } from '../ui/choice-field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { useFormSubmit } from '../ui/use-form-submit.js';

/** How the administrator confirms, as a choice of the form. */
function choicesOf({ hasPassword, factors, providers }: WaysToProve): { value: string; label: string }[] {
  const hasPasskey = hasPasskeys() && factors?.passkeys.length !== 0;
  return [
    ...(hasPassword ? [{ value: 'password', label: text('proof.password') }] : []),
    ...(factors?.totp === null ? [] : [{ value: 'code', label: text('proof.totp') }]),
    ...(factors?.recovery_codes_left === 0
      ? []
      : [{ value: 'recovery_code', label: text('proof.recoveryCode') }]),
    ...(hasPasskey ? [{ value: 'passkey', label: text('proof.passkey') }] : []),
    ...providers.map(({ id, name }) => ({
      value: providerMethod(id),
      label: text('proof.byProvider', { provider: name }),
    })),
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
      title={text('proof.title')}
      form={form}
      submitLabel={text(method === 'passkey' ? 'factor.usePasskey' : 'factor.submit')}
      isReady={isByButton || typed !== ''}
      send={send}
      onClose={onClose}
    >
      <Typography color="text.secondary">{text('proof.about')}</Typography>
      <ChoiceField
        label={text('proof.by')}
        name="method"
        value={method}
        choices={choices}
        onValue={(value) => {
          setMethod(value);
          setTyped('');
        }}
      />
      {provider === undefined ? null : (
        <Typography color="text.secondary">{text('proof.aboutProvider')}</Typography>
      )}
      {isByButton ? null : (
        <FormField
          key={method}
          label={text(method === 'password' ? 'signIn.password' : 'proof.code')}
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
