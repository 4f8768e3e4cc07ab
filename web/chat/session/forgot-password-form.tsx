import { useState } from 'react';
import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { Notice } from '../form/notice.js';
import { text } from '../texts/texts.js';

export function ForgotPasswordForm() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null) return <Notice>{text('forgotten.sent', { email: sentTo })}</Notice>;
  const fields = [
    { name: 'email', label: text('forgotten.email'), type: 'email', autoComplete: 'email', autoFocus: true },
  ] as const satisfies readonly FieldOptions[];
  const request = async ({ email }: { email: string }) => {
    await api.forgotPassword(email);
    setSentTo(email);
  };
  return (
    <>
      <p>{text('forgotten.about')}</p>
      <Form fields={fields} submit={text('forgotten.submit')} onSubmit={request} />
    </>
  );
}
