import { useState } from 'react';
import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { useAppState } from '../layout/app-state.js';
import { text } from '../texts/texts.js';

export function EraseSection({ onLeave }: { onLeave: () => void }) {
  const { drafts } = useAppState();
  const [isConfirming, setIsConfirming] = useState(false);
  const erase = async ({ current_password }: { current_password: string }) => {
    await api.eraseAccount(current_password, onLeave);
    drafts.forget();
  };
  const fields = [
    {
      name: 'current_password',
      label: text('email.password'),
      type: 'password',
      autoComplete: 'current-password',
      autoFocus: true,
    },
  ] as const satisfies readonly FieldOptions[];
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
    </section>
  );
}
