import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { text } from '../texts/texts.js';

export function SignInForm() {
  const fields = [
    {
      name: 'username',
      label: text('signIn.name'),
      autoComplete: 'username',
      autoFocus: true,
      isRequired: true,
    },
    {
      name: 'password',
      label: text('signIn.password'),
      type: 'password',
      autoComplete: 'current-password',
      isRequired: true,
    },
  ] as const satisfies readonly FieldOptions[];
  return <Form fields={fields} submit={text('signIn.title')} onSubmit={api.signIn} />;
}
