import { useState } from 'react';
import { api } from '../api/api.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { useTask } from '../form/use-task.js';
import { useDesk } from '../layout/desk.js';

export function EraseSection({ onLeave }: { onLeave: () => void }) {
  const { drafts } = useDesk();
  const [isAsking, setIsAsking] = useState(false);
  const [password, setPassword] = useState('');
  const task = useTask();
  const erase = async () => {
    await api.eraseAccount(password, onLeave);
    drafts.forget();
  };
  return (
    <section aria-labelledby="erase-title">
      <h2 id="erase-title">The end of the account</h2>
      <p>Your name, your email and every text are erased everywhere, for good. Unspent tokens are lost.</p>
      {isAsking ? (
        <Form
          task={task}
          submit="Erase my account"
          isDangerous
          fields={['current_password']}
          onSubmit={erase}
        >
          <Field
            label="Your password"
            field="current_password"
            problem={task.problem}
            type="password"
            autoComplete="current-password"
            autoFocus
            value={password}
            onChange={(event) => {
              setPassword(event.target.value);
            }}
          />
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
