import { useState } from 'react';
import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { useAppState } from '../layout/app-state.js';

const fields = [
  {
    name: 'current_password',
    label: 'Current password',
    type: 'password',
    autoComplete: 'current-password',
  },
  {
    name: 'new_password',
    label: 'New password',
    hint: 'Every other device is signed out.',
    type: 'password',
    autoComplete: 'new-password',
  },
] as const satisfies readonly FieldOptions[];

export function PasswordSection() {
  const { sessionsVersion } = useAppState();
  const [keepsKeys, setKeepsKeys] = useState(false);
  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title">Password</h2>
      <Form
        fields={fields}
        submit="Change the password"
        done="Your password is changed, and every other device is signed out."
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
          Keep my API keys
        </label>
      </Form>
    </section>
  );
}
