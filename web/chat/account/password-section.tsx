import { useState } from 'react';
import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { useAppState } from '../layout/app-state.js';
import { text } from '../texts/texts.js';

export function PasswordSection() {
  const { sessionsVersion } = useAppState();
  const [keepsKeys, setKeepsKeys] = useState(false);
  const fields = [
    {
      name: 'current_password',
      label: text('password.current'),
      type: 'password',
      autoComplete: 'current-password',
    },
    {
      name: 'new_password',
      label: text('password.new'),
      hint: text('password.hint'),
      type: 'password',
      autoComplete: 'new-password',
    },
  ] as const satisfies readonly FieldOptions[];
  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title">{text('password.title')}</h2>
      <Form
        fields={fields}
        submit={text('password.submit')}
        done={text('password.done')}
        onSubmit={async (passwords) => {
          await api.changePassword({ ...passwords, keep_keys: keepsKeys });
          sessionsVersion.set((version) => version + 1);
        }}
      >
        <label className="choice">
          <input
            type="checkbox"
            checked={keepsKeys}
            onChange={(event) => {
              setKeepsKeys(event.target.checked);
            }}
          />
          {text('password.keepKeys')}
        </label>
      </Form>
    </section>
  );
}
