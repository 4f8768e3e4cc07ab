import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { text } from '../texts/texts.js';
import { withChallenge, type ChallengeHandler } from './with-challenge.js';

export function SignInForm({ onChallenge }: ChallengeHandler) {
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
  return (
    <Form
      fields={fields}
      submit={text('signIn.title')}
      onSubmit={(values) => withChallenge(api.signIn(values), onChallenge)}
    />
  );
}
