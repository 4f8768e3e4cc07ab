import { useState } from 'react';
import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { text } from '../texts/texts.js';
import { currentPasswordField } from './current-password-field.js';
import { useProof } from './use-proof.js';

/** The password; for an account without one, its first password, which requires another proof of identity. */
export function PasswordSection() {
  const { sessionsVersion, account } = useAppState();
  const { has_password: hasPassword } = useStore(account);
  const [isFirst] = useState(!hasPassword);
  const [keepsKeys, setKeepsKeys] = useState(false);
  const { withProof, dialog } = useProof();
  const newPassword: FieldOptions<'new_password'> = {
    name: 'new_password',
    label: text('password.new'),
    hint: text('password.hint'),
    type: 'password',
    autoComplete: 'new-password',
  };
  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title">{text('password.title')}</h2>
      {!hasPassword && <p>{text('password.none')}</p>}
      <Form
        fields={hasPassword ? [currentPasswordField(text('password.current')), newPassword] : [newPassword]}
        submit={text(hasPassword ? 'password.submit' : 'password.set')}
        done={text(isFirst ? 'password.isSet' : 'password.done')}
        onSubmit={async (passwords: { current_password?: string; new_password: string }) => {
          await withProof(() => api.changePassword({ ...passwords, keep_keys: keepsKeys }));
          sessionsVersion.set((version) => version + 1);
          account.set((before) => ({ ...before, has_password: true }));
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
      {dialog}
    </section>
  );
}
