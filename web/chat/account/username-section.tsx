import { useState } from 'react';
import { api } from '../api/api.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { Notice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { useDesk } from '../layout/desk.js';

export function UsernameSection() {
  const desk = useDesk();
  const [username, setUsername] = useState(desk.account.get().username);
  const task = useTask();
  const change = async () => {
    const account = await api.changeProfile({ username });
    desk.account.set(() => account);
  };
  return (
    <section aria-labelledby="username-title">
      <h2 id="username-title">Username</h2>
      <Form task={task} submit="Change the username" fields={['username']} onSubmit={change}>
        <Field
          label="Username"
          field="username"
          problem={task.problem}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={username}
          onChange={(event) => {
            setUsername(event.target.value);
          }}
        />
      </Form>
      {task.isDone && <Notice>Your username is changed.</Notice>}
    </section>
  );
}
