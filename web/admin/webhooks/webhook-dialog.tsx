import { FormControl, FormHelperText, FormLabel, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useRefresh } from 'react-admin';
import type { CreatedWebhook, EventType, Webhook } from '../../api/shop-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { LabelledCheckbox } from '../ui/labelled-checkbox.js';
import { useFormSubmit } from '../ui/use-form-submit.js';
import { eventTypes, eventTypeTexts } from './event-types.js';

interface WebhookDialogProps {
  /** The endpoint to change; null for a new one. */
  webhook: Webhook | null;
  /** Called with a new endpoint and its secret. */
  onCreated: (created: CreatedWebhook) => void;
  onClose: () => void;
}

/** Creates or changes an endpoint. */
export function WebhookDialog({ webhook, onCreated, onClose }: WebhookDialogProps) {
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [types, setTypes] = useState<readonly EventType[]>(webhook?.types ?? []);
  const form = useFormSubmit({
    values: { url, types },
    errors: {
      ...(url.trim() === '' ? { url: 'Enter an address that begins with https://.' } : {}),
      ...(types.length === 0 ? { types: 'Choose at least one type.' } : {}),
    },
  });
  const { errors } = form;
  const dataProvider = useDataProvider<AdminDataProvider>();
  const refresh = useRefresh();
  const send = async () => {
    const body = { url: url.trim(), types: eventTypes.filter((type) => types.includes(type)) };
    if (webhook === null) onCreated(await dataProvider.createWebhook(body));
    else await dataProvider.changeWebhook(webhook.id, body);
    refresh();
    onClose();
  };
  return (
    <FormDialog
      title={webhook === null ? 'Create an endpoint' : 'Change the endpoint'}
      form={form}
      submitLabel={webhook === null ? 'Create' : 'Save'}
      send={send}
      onClose={onClose}
    >
      <FormField
        label="Address"
        name="url"
        value={url}
        onValue={setUrl}
        error={errors['url']}
        hint="Events are sent here by POST, signed as Standard Webhooks says."
        autoFocus
        autoComplete="off"
        attributes={{ inputMode: 'url' }}
      />
      <FormControl component="fieldset" error={errors['types'] !== undefined}>
        <FormLabel component="legend">Send an event when</FormLabel>
        {eventTypes.map((type) => (
          <LabelledCheckbox
            key={type}
            label={`${eventTypeTexts[type]} (${type})`}
            isChecked={types.includes(type)}
            onChange={(isChecked) => {
              setTypes(isChecked ? [...types, type] : types.filter((each) => each !== type));
            }}
          />
        ))}
        <FormHelperText>{errors['types']}</FormHelperText>
      </FormControl>
      {webhook === null ? (
        <Typography color="text.secondary">
          The secret of the signatures is shown once, after this.
        </Typography>
      ) : null}
    </FormDialog>
  );
}
