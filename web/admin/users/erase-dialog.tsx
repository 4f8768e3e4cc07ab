import { useState } from 'react';
import { useDataProvider, useNotify, useRedirect } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { useFormSubmit } from '../ui/use-form-submit.js';

/** Erases an account once its username was typed. */
export function EraseDialog({ user, onClose }: { user: ListedUser; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const form = useFormSubmit();
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const redirect = useRedirect();

  const send = async () => {
    await dataProvider.delete('users', { id: user.id, previousData: user });
    notify(`${user.username} was erased.`, { type: 'success' });
    redirect('list', 'users');
  };
  return (
    <FormDialog
      title={`Erase ${user.username}?`}
      form={form}
      submitLabel="Erase permanently"
      isDestructive
      isReady={typed.trim() === user.username}
      send={send}
      onClose={onClose}
    >
      <span>
        The username, the email address and all texts of this account are erased permanently. Its ledger
        entries stay, with an id only. This cannot be undone. To lock the account instead, disable it.
      </span>
      <FormField
        label={`Type ${user.username} to confirm`}
        name="confirmation"
        value={typed}
        onValue={setTyped}
        autoFocus
        autoComplete="off"
      />
    </FormDialog>
  );
}
