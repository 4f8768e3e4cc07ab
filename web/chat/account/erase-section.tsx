import { useState } from 'react';
import { api } from '../api/api.js';
import type { FieldParts } from '../form/field.js';
import { Form } from '../form/form.js';
import { useDesk } from '../layout/desk.js';

const fields = [
  {
    name: 'current_password',
    label: 'Your password',
    type: 'password',
    autoComplete: 'current-password',
    autoFocus: true,
  },
] as const satisfies readonly FieldParts[];

export function EraseSection({ onLeave }: { onLeave: () => void }) {
  const { drafts } = useDesk();
  const [isAsking, setIsAsking] = useState(false);
  const erase = async ({ current_password }: { current_password: string }) => {
    await api.eraseAccount(current_password, onLeave);
    drafts.forget();
  };
  return (
    <section aria-labelledby="erase-title">
      <h2 id="erase-title">The end of the account</h2>
      <p>Your name, your email and every text are erased everywhere, for good. Unspent tokens are lost.</p>
      {isAsking ? (
        <Form fields={fields} submit="Erase my account" isDangerous onSubmit={erase}>
          <button
            type="button"
            className="button"
            onClick={() => {
              setIsAsking(false);
            }}
          >
            Keep it
          </button>
        </Form>
      ) : (
        <button
          type="button"
          className="button danger"
          onClick={() => {
            setIsAsking(true);
          }}
        >
          Erase my account …
        </button>
      )}
    </section>
  );
}
