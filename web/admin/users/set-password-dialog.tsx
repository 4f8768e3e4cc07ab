import { Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useGetIdentity, useNotify, useRefresh } from 'react-admin';
import { fieldSentences, sentenceOf } from '../api/problem.js';
import { answered } from '../lists/answered.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { Choice } from '../look/choice.js';
import { FormDialog } from '../look/form-dialog.js';
import { FormField } from '../look/form-field.js';
import type { User } from './user.js';

/** Gives somebody a new password, typed twice. */
export function SetPasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [keepsKeys, setKeepsKeys] = useState(false);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { identity } = useGetIdentity();
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();
  const isOwn = identity?.id === user.id;

  const submit = async () => {
    setFailure(null);
    setFaults(password === repeated ? {} : { repeated: 'The two passwords are not the same.' });
    if (password !== repeated) return;
    setIsBusy(true);
    try {
      answered(await dataProvider.setPassword(user.id, password, { keepsKeys }));
      notify(`${user.username} has a new password.`, { type: 'success' });
      refresh();
      onClose();
    } catch (error) {
      const found = fieldSentences(error);
      setFaults(found);
      if (Object.keys(found).length === 0) setFailure(sentenceOf(error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <FormDialog
      title={`Password of ${user.username}`}
      failure={failure}
      isBusy={isBusy}
      action="Set the password"
      onSubmit={submit}
      onClose={onClose}
    >
      <Typography color="text.secondary">
        {isOwn
          ? 'You stay signed in here and are signed out everywhere else.'
          : 'They are signed out everywhere. Tell them the password yourself: it is shown nowhere later.'}
      </Typography>
      <FormField
        label="New password"
        name="new_password"
        value={password}
        onValue={setPassword}
        fault={faults['new_password']}
        autoComplete="new-password"
        autoFocus
      />
      <FormField
        label="The same password again"
        name="repeated"
        value={repeated}
        onValue={setRepeated}
        fault={faults['repeated']}
        autoComplete="new-password"
      />
      <Choice label="Keep the API keys" isChosen={keepsKeys} onChoose={setKeepsKeys} />
    </FormDialog>
  );
}
