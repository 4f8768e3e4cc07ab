import { FormControl, FormHelperText, FormLabel } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useRefresh } from 'react-admin';
import type { CreatedServiceKey, ServiceKey } from '../../api/api-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { LabelledCheckbox } from '../ui/labelled-checkbox.js';
import { MomentField, momentOf } from '../ui/moment-field.js';
import { useFormSubmit } from '../ui/use-form-submit.js';
import { allScopes, scopeText } from './scope-texts.js';
import { text } from '../texts/page-texts.js';

type Scope = ServiceKey['scopes'][number];

interface CreateServiceKeyDialogProps {
  onCreated: (key: CreatedServiceKey) => void;
  onClose: () => void;
}

/** Creates a service key. */
export function CreateServiceKeyDialog({ onCreated, onClose }: CreateServiceKeyDialogProps) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [expiry, setExpiry] = useState('');
  const form = useFormSubmit({
    values: { name, scopes, expires_at: expiry },
    errors: {
      ...(name.trim() === '' ? { name: text('newServiceKey.noName') } : {}),
      ...(scopes.length === 0 ? { scopes: text('newServiceKey.noScopes') } : {}),
    },
  });
  const { errors } = form;
  const dataProvider = useDataProvider<AdminDataProvider>();
  const refresh = useRefresh();
  const send = async () => {
    const body = { name, scopes: [...scopes], expires_at: momentOf(expiry) };
    onCreated(await dataProvider.createServiceKey(body));
    refresh();
    onClose();
  };
  return (
    <FormDialog
      title={text('newServiceKey.title')}
      form={form}
      submitLabel={text('newServiceKey.submit')}
      send={send}
      onClose={onClose}
    >
      <FormField
        label={text('column.name')}
        name="name"
        value={name}
        onValue={setName}
        error={errors['name']}
        hint={text('newServiceKey.nameHint')}
        autoFocus
        autoComplete="off"
      />
      <FormControl component="fieldset" error={errors['scopes'] !== undefined}>
        <FormLabel component="legend">{text('newServiceKey.may')}</FormLabel>
        {allScopes.map((scope) => (
          <LabelledCheckbox
            key={scope}
            label={scopeText(scope)}
            isChecked={scopes.includes(scope)}
            onChange={(isChecked) => {
              setScopes(isChecked ? [...scopes, scope] : scopes.filter((each) => each !== scope));
            }}
          />
        ))}
        <FormHelperText>{errors['scopes']}</FormHelperText>
      </FormControl>
      <MomentField
        label={text('newServiceKey.expires')}
        name="expires_at"
        value={expiry}
        onValue={setExpiry}
        error={errors['expires_at']}
      />
    </FormDialog>
  );
}
