import { TextField } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useRedirect } from 'react-admin';
import { sentenceOf } from '../api/problem.js';
import { answered } from '../lists/answered.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { FormDialog } from '../look/form-dialog.js';
import type { User } from './user.js';

/** Erases an account for good, once its name was typed. */
export function EraseDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const redirect = useRedirect();

  const submit = async () => {
    setIsBusy(true);
    setFailure(null);
    try {
      answered(await dataProvider.delete('users', { id: user.id, previousData: user }));
      notify(`${user.username} is erased.`, { type: 'success' });
      redirect('list', 'users');
    } catch (error) {
      setFailure(sentenceOf(error));
      setIsBusy(false);
    }
  };

  return (
    <FormDialog
      title={`Erase ${user.username}?`}
      failure={failure}
      isBusy={isBusy}
      action="Erase for good"
      isFinal
      isReady={typed.trim() === user.username}
      onSubmit={submit}
      onClose={onClose}
    >
      <span>
        The name, the email address and every text of this account are erased, everywhere and for good. Its
        ledger entries stay, under a bare id. Nothing brings it back; to keep somebody out, disable the
        account instead.
      </span>
      <TextField
        label={`Type ${user.username} to confirm`}
        name="confirmation"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
        autoFocus
        autoComplete="off"
        slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
      />
    </FormDialog>
  );
}
