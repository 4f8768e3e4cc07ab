import { useState } from 'react';
import { api } from '../api/api.js';
import type { FieldParts } from '../form/field.js';
import { Form } from '../form/form.js';
import { useDesk } from '../layout/desk.js';

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
] as const satisfies readonly FieldParts[];

export function PasswordSection() {
  const { sessionsChanged } = useDesk();
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
          sessionsChanged.set((times) => times + 1);
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
