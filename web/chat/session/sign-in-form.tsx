import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';

const fields = [
  {
    name: 'username',
    label: 'Username or email',
    autoComplete: 'username',
    autoFocus: true,
    isRequired: true,
  },
  {
    name: 'password',
    label: 'Password',
    type: 'password',
    autoComplete: 'current-password',
    isRequired: true,
  },
] as const satisfies readonly FieldOptions[];

export function SignInForm() {
  return <Form fields={fields} submit="Sign in" onSubmit={api.signIn} />;
}
