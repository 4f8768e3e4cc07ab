import { useState } from 'react';
import { api } from '../api/api.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { Notice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';

export function ForgottenForm() {
  const [email, setEmail] = useState('');
  const task = useTask();
  if (task.isDone)
    return (
      <Notice>
        If an account has the email {email}, a mail is on its way to it. The link in it is good for one hour.
      </Notice>
    );
  return (
    <Form task={task} submit="Send me a link" fields={['email']} onSubmit={() => api.forgotPassword(email)}>
      <p>We send a link to the email address of your account, where you choose a new password.</p>
      <Field
        label="Email"
        field="email"
        problem={task.problem}
        type="email"
        autoComplete="email"
        autoFocus
        value={email}
        onChange={(event) => {
          setEmail(event.target.value);
        }}
      />
    </Form>
  );
}
