import { useState } from 'react';
import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { useAppState } from '../layout/app-state.js';

const fields = [
  {
    name: 'current_password',
    label: 'Your password',
    type: 'password',
    autoComplete: 'current-password',
    autoFocus: true,
  },
] as const satisfies readonly FieldOptions[];

export function EraseSection({ onLeave }: { onLeave: () => void }) {
  const { drafts } = useAppState();
  const [isConfirming, setIsConfirming] = useState(false);
  const erase = async ({ current_password }: { current_password: string }) => {
    await api.eraseAccount(current_password, onLeave);
    drafts.forget();
  };
  return (
    <section aria-labelledby="erase-title">
      <h2 id="erase-title">Erase the account</h2>
      <p>
        Your username, your email address and all texts are erased permanently. What is left of your balance
        is lost.
      </p>
      {isConfirming ? (
        <Form fields={fields} submit="Erase my account" isDangerous onSubmit={erase}>
          <button
            type="button"
            className="button"
            onClick={() => {
              setIsConfirming(false);
            }}
          >
            Cancel
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
          Erase my account …
        </button>
      )}
    </section>
  );
}
