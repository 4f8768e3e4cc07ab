import { api } from '../api/api.js';
import type { FieldParts } from '../form/field.js';
import { Form } from '../form/form.js';

const fields = [
  { name: 'username', label: 'Username', autoComplete: 'username', autoFocus: true },
  {
    name: 'email',
    label: 'Email (optional)',
    hint: 'For a new password, should you forget this one.',
    type: 'email',
    autoComplete: 'email',
  },
  {
    name: 'password',
    label: 'Password',
    hint: 'At least 8 characters; a few words make a good one.',
    type: 'password',
    autoComplete: 'new-password',
  },
] as const satisfies readonly FieldParts[];

export function SignUpForm() {
  return <Form fields={fields} submit="Create my account" onSubmit={api.register} />;
}
