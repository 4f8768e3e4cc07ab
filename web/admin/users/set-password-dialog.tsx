import { Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useGetIdentity, useNotify, useRefresh } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { FormDialog } from '../ui/form-dialog.js';
import { LabelledCheckbox } from '../ui/labelled-checkbox.js';
import { NewPasswordFields, useNewPassword } from '../ui/new-password-fields.js';
import { useFormSubmit } from '../ui/use-form-submit.js';
import { text } from '../texts/page-texts.js';

/** Sets the password of a user. */
export function SetPasswordDialog({ user, onClose }: { user: ListedUser; onClose: () => void }) {
  const password = useNewPassword();
  const [keepsKeys, setKeepsKeys] = useState(false);
  const form = useFormSubmit({ values: { new_password: password.value }, errors: password.errors });
  const { errors } = form;
  const { identity } = useGetIdentity();
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();

  const send = async () => {
    await dataProvider.setPassword(user.id, password.value, { keepsKeys });
    notify(text('account.passwordDone', { username: user.username }), { type: 'success' });
    refresh();
    onClose();
  };
  return (
    <FormDialog
      title={text('account.passwordTitle', { username: user.username })}
      form={form}
      submitLabel={text('account.passwordSubmit')}
      send={send}
      onClose={onClose}
    >
      <Typography color="text.secondary">
        {text(identity?.id === user.id ? 'account.passwordOwn' : 'account.passwordOther')}
      </Typography>
      <NewPasswordFields
        password={password}
        label={text('account.newPassword')}
        name="new_password"
        errors={errors}
        autoFocus
      />
      <LabelledCheckbox label={text('account.keepKeys')} isChecked={keepsKeys} onChange={setKeepsKeys} />
    </FormDialog>
  );
}
