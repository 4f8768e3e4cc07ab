import { useState } from 'react';
import { useDataProvider, useNotify, useRedirect } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { useFormSubmit } from '../ui/use-form-submit.js';
import { text } from '../texts/page-texts.js';

/** Erases an account once its username was typed. */
export function EraseDialog({ user, onClose }: { user: ListedUser; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const form = useFormSubmit();
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const redirect = useRedirect();

  const send = async () => {
    await dataProvider.delete('users', { id: user.id, previousData: user });
    notify(text('account.erased', { username: user.username }), { type: 'success' });
    redirect('list', 'users');
  };
  return (
    <FormDialog
      title={text('account.eraseTitle', { username: user.username })}
      form={form}
      submitLabel={text('account.eraseSubmit')}
      isDestructive
      isReady={typed.trim() === user.username}
      send={send}
      onClose={onClose}
    >
      <span>{text('account.eraseAbout')}</span>
      <FormField
        label={text('account.eraseConfirm', { username: user.username })}
        name="confirmation"
        value={typed}
        onValue={setTyped}
        autoFocus
        autoComplete="off"
      />
    </FormDialog>
  );
}
