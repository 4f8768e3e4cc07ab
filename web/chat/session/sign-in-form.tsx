import { useState } from 'react';
import { api } from '../api/api.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { useTask } from '../form/use-task.js';

export function SignInForm() {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const task = useTask();
  return (
    <Form
      task={task}
      submit="Sign in"
      fields={['username', 'password']}
      onSubmit={() => api.signIn({ username, password })}
    >
      <Field
        label="Username or email"
        field="username"
        problem={task.problem}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={username}
        onChange={(event) => {
          setUsername(event.target.value);
        }}
      />
      <Field
        label="Password"
        field="password"
        problem={task.problem}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
        }}
      />
    </Form>
  );
}
