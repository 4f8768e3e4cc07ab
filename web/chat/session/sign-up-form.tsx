import { useState } from 'react';
import { api } from '../api/api.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { useTask } from '../form/use-task.js';

export function SignUpForm() {
  const [username, setUsername] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const task = useTask();
  return (
    <Form
      task={task}
      submit="Create my account"
      fields={['username', 'email', 'password']}
      onSubmit={() => api.register({ username, email, password })}
    >
      <Field
        label="Username"
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
        label="Email (optional)"
        hint="For a new password, should you forget this one."
        field="email"
        problem={task.problem}
        type="email"
        autoComplete="email"
        value={email}
        onChange={(event) => {
          setEmail(event.target.value);
        }}
      />
      <Field
        label="Password"
        hint="At least 8 characters; a few words make a good one."
        field="password"
        problem={task.problem}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
        }}
      />
    </Form>
  );
}
