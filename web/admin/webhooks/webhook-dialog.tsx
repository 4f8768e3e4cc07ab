import { FormControl, FormHelperText, FormLabel, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useRefresh } from 'react-admin';
import type { CreatedWebhook, EventType, Webhook } from '../../api/shop-objects.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { LabelledCheckbox } from '../ui/labelled-checkbox.js';
import { useFormSubmit } from '../ui/use-form-submit.js';
import { eventTypes, eventTypeText } from './event-types.js';
import { text } from '../texts/page-texts.js';

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
      ...(url.trim() === '' ? { url: text('webhook.noAddress') } : {}),
      ...(types.length === 0 ? { types: text('webhook.noTypes') } : {}),
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
      title={text(webhook === null ? 'webhook.createTitle' : 'webhook.changeTitle')}
      form={form}
      submitLabel={text(webhook === null ? 'ui.create' : 'ui.save')}
      send={send}
      onClose={onClose}
    >
      <FormField
        label={text('webhooks.address')}
        name="url"
        value={url}
        onValue={setUrl}
        error={errors['url']}
        hint={text('webhook.addressHint')}
        autoFocus
        autoComplete="off"
        attributes={{ inputMode: 'url' }}
      />
      <FormControl component="fieldset" error={errors['types'] !== undefined}>
        <FormLabel component="legend">{text('webhook.when')}</FormLabel>
        {eventTypes.map((type) => (
          <LabelledCheckbox
            key={type}
            label={text('webhook.typeText', { when: eventTypeText(type), type })}
            isChecked={types.includes(type)}
            onChange={(isChecked) => {
              setTypes(isChecked ? [...types, type] : types.filter((each) => each !== type));
            }}
          />
        ))}
        <FormHelperText>{errors['types']}</FormHelperText>
      </FormControl>
      {webhook === null ? (
        <Typography color="text.secondary">{text('webhook.secretFollows')}</Typography>
      ) : null}
    </FormDialog>
  );
}
