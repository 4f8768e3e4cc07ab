import { useState } from 'react';
import { api } from '../api/api.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { Notice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';

export function PasswordSection() {
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState('');
  const task = useTask();
  const change = async () => {
    await api.changePassword({ current_password: current, new_password: chosen });
    setCurrent('');
    setChosen('');
  };
  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title">Password</h2>
      <Form
        task={task}
        submit="Change the password"
        fields={['current_password', 'new_password']}
        onSubmit={change}
      >
        <Field
          label="Current password"
          field="current_password"
          problem={task.problem}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => {
            setCurrent(event.target.value);
          }}
        />
        <Field
          label="New password"
          hint="Every other device is signed out."
          field="new_password"
          problem={task.problem}
          type="password"
          autoComplete="new-password"
          value={chosen}
          onChange={(event) => {
            setChosen(event.target.value);
          }}
        />
      </Form>
      {task.isDone && <Notice>Your password is changed, and every other device is signed out.</Notice>}
    </section>
  );
}
