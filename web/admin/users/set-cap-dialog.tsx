import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useNotify, useRefresh } from 'react-admin';
import { readCredits, unitLabel } from '../../api/credits.js';
import type { ApiKey, Cap, ListedUser, NewCap } from '../../api/api-objects.js';
import { windowText } from '../../api/wallet-texts.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import { ChoiceField } from '../ui/choice-field.js';
import { CreditsField } from '../ui/credits-field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { useFormSubmit } from '../ui/use-form-submit.js';
import { text } from '../texts/page-texts.js';

interface SetCapDialogProps {
  user: ListedUser;
  keys: readonly ApiKey[];
  onClose: () => void;
}

const windowChoices = () =>
  (['hour', 'day', 'week', 'month', 'total'] as const).map((value) => ({ value, label: windowText(value) }));

/** Sets a spending limit on an account, one of its keys, or a model. */
export function SetCapDialog({ user, keys, onClose }: SetCapDialogProps) {
  const [subject, setSubject] = useState('account');
  const [window, setWindow] = useState<Cap['window']>('day');
  const [typed, setTyped] = useState('');
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();
  const { data: models = [] } = useQuery({
    queryKey: ['modelNames'],
    queryFn: () => dataProvider.modelNames(),
  });
  const { credits, problem } = readCredits(typed, 0);
  const form = useFormSubmit({
    values: { scope: subject, key_id: subject, model: subject, window, limit: typed },
    errors: problem === null ? {} : { limit: problem },
  });
  const { errors } = form;
  const send = async () => {
    await dataProvider.setCap(user.id, { ...subjectOf(subject), window, limit: credits ?? 0 });
    notify(text('caps.done', { username: user.username }), { type: 'success' });
    refresh();
    onClose();
  };
  return (
    <FormDialog
      title={text('caps.of', { username: user.username })}
      form={form}
      submitLabel={text('caps.submit')}
      send={send}
      onClose={onClose}
    >
      <ChoiceField
        label={text('caps.for')}
        name="subject"
        value={subject}
        choices={[
          { value: 'account', label: text('caps.account') },
          ...keys.map(({ id, name }) => ({ value: `key ${id}`, label: text('caps.key', { name }) })),
          ...models.map((name) => ({ value: `model ${name}`, label: text('caps.model', { name }) })),
        ]}
        onValue={setSubject}
        error={errors['scope'] ?? errors['key_id'] ?? errors['model']}
      />
      <ChoiceField
        label={text('caps.window')}
        name="window"
        value={window}
        choices={windowChoices()}
        onValue={setWindow}
        error={errors['window']}
        hint={text('caps.windowHint')}
      />
      <CreditsField
        label={text('caps.atMost', { unit: unitLabel() })}
        name="limit"
        value={typed}
        onValue={setTyped}
        error={errors['limit']}
        hint={text('caps.limitHint')}
      />
    </FormDialog>
  );
}

/** The account, key or model of a choice. */
function subjectOf(choice: string): Pick<NewCap, 'scope' | 'key_id' | 'model'> {
  const [scope = '', ...rest] = choice.split(' ');
  const name = rest.join(' ');
  if (scope === 'key') return { scope, key_id: name };
  return scope === 'model' ? { scope, model: name } : { scope: 'account' };
}
