import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { text } from '../texts/texts.js';
import { withChallenge, type ChallengeHandler } from './with-challenge.js';

export function SignUpForm({ onChallenge }: ChallengeHandler) {
  const fields = [
    { name: 'username', label: text('signUp.username'), autoComplete: 'username', autoFocus: true },
    {
      name: 'email',
      label: text('signUp.email'),
      hint: text('signUp.emailHint'),
      type: 'email',
      autoComplete: 'email',
    },
    {
      name: 'password',
      label: text('signIn.password'),
      hint: text('signUp.passwordHint'),
      type: 'password',
      autoComplete: 'new-password',
    },
  ] as const satisfies readonly FieldOptions[];
  return (
    <Form
      fields={fields}
      submit={text('signUp.submit')}
      onSubmit={(values) => withChallenge(api.register(values), onChallenge)}
    />
  );
}
