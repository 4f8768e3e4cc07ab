import { useState } from 'react';
import { api } from '../api/api.js';
import { Form } from '../form/form.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { text } from '../texts/texts.js';
import { currentPasswordField } from './current-password-field.js';
import { useProof } from './use-proof.js';

export function EraseSection({ onLeave }: { onLeave: () => void }) {
  const { drafts, account } = useAppState();
  const { has_password: hasPassword } = useStore(account);
  const [isConfirming, setIsConfirming] = useState(false);
  const { withProof, dialog } = useProof();
  const erase = async (proof: { current_password?: string }) => {
    await withProof(() => api.eraseAccount(proof, onLeave));
    drafts.forget();
  };
  const fields = hasPassword ? [{ ...currentPasswordField(text('email.password')), autoFocus: true }] : [];
  return (
    <section aria-labelledby="erase-title">
      <h2 id="erase-title">{text('erase.title')}</h2>
      <p>{text('erase.about')}</p>
      {isConfirming ? (
        <Form fields={fields} submit={text('erase.submit')} isDangerous onSubmit={erase}>
          <button
            type="button"
            className="button"
            onClick={() => {
              setIsConfirming(false);
            }}
          >
            {text('form.cancel')}
          </button>
        </Form>
      ) : (
        <button
          type="button"
          className="button danger"
          onClick={() => {
            setIsConfirming(true);
          }}
        >
          {text('erase.open')}
        </button>
      )}
      {dialog}
    </section>
  );
}
