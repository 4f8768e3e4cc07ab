import { Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useGetIdentity, useNotify, useRefresh } from 'react-admin';
import type { ListedUser } from '../../api/api-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { FormDialog } from '../ui/form-dialog.js';
import { LabelledCheckbox } from '../ui/labelled-checkbox.js';
import { NewPasswordFields, useNewPassword } from '../ui/new-password-fields.js';
import { useFormSubmit } from '../ui/use-form-submit.js';

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
    notify(`${user.username} has a new password.`, { type: 'success' });
    refresh();
    onClose();
  };
  return (
    <FormDialog
      title={`Password of ${user.username}`}
      form={form}
      submitLabel="Set the password"
      send={send}
      onClose={onClose}
    >
      <Typography color="text.secondary">
        {identity?.id === user.id
          ? 'You stay signed in here and are signed out everywhere else.'
          : 'The user is signed out everywhere. Pass the password on yourself: it is not shown again.'}
      </Typography>
      <NewPasswordFields
        password={password}
        label="New password"
        name="new_password"
        errors={errors}
        autoFocus
      />
      <LabelledCheckbox label="Keep the API keys" isChecked={keepsKeys} onChange={setKeepsKeys} />
    </FormDialog>
  );
}
