import { useState } from 'react';
import { api } from '../api/api.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { Notice } from '../form/notice.js';

const fields = [
  { name: 'email', label: 'Email', type: 'email', autoComplete: 'email', autoFocus: true },
] as const satisfies readonly FieldOptions[];

export function ForgotPasswordForm() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null)
    return (
      <Notice>
        If an account has the email {sentTo}, a mail was sent to it. The link in it works for one hour.
      </Notice>
    );
  const request = async ({ email }: { email: string }) => {
    await api.forgotPassword(email);
    setSentTo(email);
  };
  return (
    <>
      <p>We send a link to the email address of your account. With the link you choose a new password.</p>
      <Form fields={fields} submit="Send me a link" onSubmit={request} />
    </>
  );
}
