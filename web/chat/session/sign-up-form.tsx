import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';

const fields = [
  { name: 'username', label: 'Username', autoComplete: 'username', autoFocus: true },
  {
    name: 'email',
    label: 'Email (optional)',
    hint: 'To reset a forgotten password.',
    type: 'email',
    autoComplete: 'email',
  },
  {
    name: 'password',
    label: 'Password',
    hint: 'At least 8 characters, for example a few words.',
    type: 'password',
    autoComplete: 'new-password',
  },
] as const satisfies readonly FieldOptions[];

export function SignUpForm() {
  return <Form fields={fields} submit="Create my account" onSubmit={api.register} />;
}
